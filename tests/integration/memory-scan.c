/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

/* memory-scan: looks for words in the memory of living processes, and in files.
 *
 *   memory-scan WORDS PID|FILE...
 *
 * WORDS is a file with one word a line, 24 ASCII characters or more each. A word counts as found when its first or its
 * last 12 characters are, whatever their case, in UTF-8, UTF-16 or UTF-32: the allocator overwrites the beginning of a
 * block that is freed, and what came later may have overwritten its end. A line "=WORD" is a short one, of 8 to 12
 * characters, looked for as a whole; a line "#BYTES" is 12 to 48 bytes as hexadecimal digits. Prints where each word is,
 * up to four places.
 * Exit status: 0 nothing found, 1 something found, 2 something could not be read, 3 both.
 *
 * Of a process it reads what the kernel lists as mapped, and the files without a name that it holds open. It must be root, or of
 * the same user as a process that lets itself be read. Its own memory holds the words: it refuses to look at itself. */

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
  END_CHARS = 12,
  MIN_CHARS = 2 * END_CHARS,
  MIN_SHORT_CHARS = 8,
  MAX_WORDS = 64,
  CHUNK_BYTES = 1 << 20,
  MAX_LINES = 4, /* about one word in one process or file */
  MAX_NEEDLE_BYTES = 4 * END_CHARS,
};

/* Larger than any memory that holds data: the shadow of the address sanitizer, terabytes of one bit for each byte. */
static const guint64 MAX_REGION_BYTES = G_GUINT64_CONSTANT (1) << 34;

/* A half of a word, or a short one, in one encoding; or bytes. Letters are in lower case. */
typedef struct Needle {
  guint8 bytes[MAX_NEEDLE_BYTES];
  guint size;
  guint word;       /* line in WORDS, from 1 */
  guint unit_bytes; /* 0: bytes as they are */
} Needle;

typedef struct Search {
  GArray *needles;         /* of Needle */
  guint8 *begins[1 << 16]; /* what two lower-case bytes may begin: list of needle + 1, ended by 0, or NULL */
  guint8 chunk[CHUNK_BYTES + MAX_NEEDLE_BYTES];
  guint n_found, n_lines[MAX_WORDS + 1];
  const char *where;
} Search;

static guint8 lower[256];

static void
add_needles (Search *search, const char *text, guint n_chars, guint word)
{
  for (guint unit_bytes = 1; unit_bytes <= 4; unit_bytes *= 2) {
    Needle needle = { .size = unit_bytes * n_chars, .word = word, .unit_bytes = unit_bytes };

    /* Little-endian, and a first byte that is a character: the two bytes of the table are never only zeros. */
    for (guint i = 0; i < n_chars; i++)
      needle.bytes[i * unit_bytes] = lower[(guint8) text[i]];
    g_array_append_val (search->needles, needle);
  }
}

static gboolean
add_bytes (Search *search, const char *digits, guint word)
{
  gsize size = strlen (digits) / 2;
  Needle needle = { .size = (guint) size, .word = word };

  if (size < END_CHARS || size > MAX_NEEDLE_BYTES || strlen (digits) % 2 != 0
      || strspn (digits, "0123456789abcdef") != strlen (digits) || g_str_has_prefix (digits, "0000"))
    return FALSE;
  for (gsize i = 0; i < size; i++)
    needle.bytes[i] = lower[g_ascii_xdigit_value (digits[2 * i]) * 16 + g_ascii_xdigit_value (digits[2 * i + 1])];
  g_array_append_val (search->needles, needle);
  return TRUE;
}

static gboolean
add_line (Search *search, const char *line, guint word)
{
  gsize length = strlen (line);

  if (!g_str_is_ascii (line))
    return FALSE;
  if (*line == '#')
    return add_bytes (search, line + 1, word);
  if (*line == '=') {
    if (length - 1 < MIN_SHORT_CHARS || length - 1 > END_CHARS)
      return FALSE;
    add_needles (search, line + 1, (guint) length - 1, word);
    return TRUE;
  }
  if (length < MIN_CHARS)
    return FALSE;
  add_needles (search, line, END_CHARS, word);
  add_needles (search, line + length - END_CHARS, END_CHARS, word);
  return TRUE;
}

static gboolean
read_words (Search *search, const char *path)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  guint count = 0;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  lines = g_strsplit (g_strchomp (text), "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    if (++count > MAX_WORDS || !add_line (search, *line, count))
      return FALSE;
  for (guint i = 0; i < search->needles->len; i++) {
    const Needle *needle = &g_array_index (search->needles, Needle, i);
    guint key = needle->bytes[0] | (guint) needle->bytes[1] << 8;
    guint n = 0;

    if (search->begins[key] == NULL)
      search->begins[key] = g_new0 (guint8, search->needles->len + 1);
    while (search->begins[key][n] != 0)
      n++;
    search->begins[key][n] = (guint8) (i + 1);
  }
  return count > 0 && search->needles->len < 255;
}

static gboolean
is_here (const Needle *needle, const guint8 *bytes)
{
  for (guint i = 0; i < needle->size; i++)
    if (lower[bytes[i]] != needle->bytes[i])
      return FALSE;
  return TRUE;
}

/* @size bytes of chunk are valid; findings begin in the first @begin of them. */
static void
search_chunk (Search *search, gsize begin, gsize size, guint64 address, const char *region)
{
  const guint8 *chunk = search->chunk;

  for (gsize at = 0; at < begin && at + 1 < size; at++) {
    const guint8 *list = search->begins[lower[chunk[at]] | (guint) lower[chunk[at + 1]] << 8];

    for (; list != NULL && *list != 0; list++) {
      const Needle *needle = &g_array_index (search->needles, Needle, *list - 1U);

      if (at + needle->size > size || !is_here (needle, chunk + at))
        continue;
      search->n_found++;
      if (search->n_lines[needle->word]++ < MAX_LINES)
        printf ("%s: word %u, %s%u, at %" G_GINT64_MODIFIER "x %s\n", search->where, needle->word,
                needle->unit_bytes > 0 ? "UTF-" : "bytes, ",
                needle->unit_bytes > 0 ? needle->unit_bytes * 8 : needle->size, address + at, region);
    }
  }
}

/* Reads @size bytes from @fd at @start; what cannot be read is left out. A finding over the border of two chunks counts
 * for the first. */
static void
search_range (Search *search, int fd, guint64 start, guint64 size, const char *region)
{
  guint64 done = 0;

  while (done < size) {
    gsize wanted = (gsize) MIN (size - done, sizeof search->chunk);
    gssize got = pread (fd, search->chunk, wanted, (off_t) (start + done));

    if (got <= 0)
      return;
    search_chunk (search, MIN ((gsize) got, (gsize) CHUNK_BYTES), (gsize) got, start + done, region);
    done += (guint64) MIN (got, CHUNK_BYTES);
  }
}

/* Pages that were never written need no reading; in a run of pages that exist, words may lie over their borders. */
static void
search_anonymous (Search *search, int fd, int pagemap, guint64 start, guint64 end, const char *region)
{
  static const guint64 IS_PRESENT = G_GUINT64_CONSTANT (3) << 62; /* in memory, or swapped out */
  guint64 page_bytes = (guint64) sysconf (_SC_PAGESIZE);
  guint64 run = start, facts[512];

  for (guint64 at = start; at < end;) {
    gsize n_pages = (gsize) MIN ((end - at) / page_bytes, G_N_ELEMENTS (facts));
    gssize got = pread (pagemap, facts, n_pages * sizeof facts[0], (off_t) (at / page_bytes * sizeof facts[0]));

    if (got < (gssize) sizeof facts[0])
      break;
    for (gsize i = 0; i < (gsize) got / sizeof facts[0]; i++, at += page_bytes)
      if ((facts[i] & IS_PRESENT) == 0) {
        search_range (search, fd, run, at - run, region);
        run = at + page_bytes;
      }
  }
  if (run < end)
    search_range (search, fd, run, end - run, region);
}

/* Memory files, and files that were removed: open, perhaps not mapped, and nowhere else. */
static void
search_nameless_files (Search *search, const char *pid)
{
  g_autofree char *folder = g_strdup_printf ("/proc/%s/fd", pid);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (folder, name, NULL);
    g_autofree char *target = g_file_read_link (path, NULL);
    struct stat facts;
    int fd;

    if (target == NULL || !g_str_has_suffix (target, " (deleted)"))
      continue;
    fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd >= 0 && fstat (fd, &facts) == 0 && S_ISREG (facts.st_mode))
      search_range (search, fd, 0, (guint64) facts.st_size, target);
    if (fd >= 0)
      close (fd);
  }
}

static void
search_region (Search *search, const char *line, int memory, int pagemap)
{
  guint64 start, end, inode;
  char access[5], *words;
  int name_at = 0;

  /* address perms offset dev inode pathname, as in proc(5) */
  if (sscanf (line, "%" G_GINT64_MODIFIER "x-%" G_GINT64_MODIFIER "x %4s %*s %*s %" G_GINT64_MODIFIER "u %n", &start,
              &end, access, &inode, &name_at)
      != 4)
    return;
  words = (char *) line + name_at;
  if (access[0] != 'r' || end - start > MAX_REGION_BYTES || g_str_equal (words, "[vvar]")
      || g_str_equal (words, "[vsyscall]"))
    return;
  if (inode == 0)
    search_anonymous (search, memory, pagemap, start, end, words);
  else
    search_range (search, memory, start, end - start, words);
}

static int
open_of (const char *pid, const char *name)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/%s", pid, name);

  return open (path, O_RDONLY | O_CLOEXEC);
}

static gboolean
search_process (Search *search, const char *pid)
{
  g_autofree char *maps = g_strdup_printf ("/proc/%s/maps", pid);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  int memory = open_of (pid, "mem"), pagemap = open_of (pid, "pagemap");
  gboolean is_open = memory >= 0 && pagemap >= 0 && g_file_get_contents (maps, &text, NULL, NULL) && *text != '\0';

  if (is_open) {
    lines = g_strsplit (text, "\n", -1);
    for (char **line = lines; *line != NULL; line++)
      search_region (search, *line, memory, pagemap);
    search_nameless_files (search, pid);
  }
  if (memory >= 0)
    close (memory);
  if (pagemap >= 0)
    close (pagemap);
  return is_open;
}

static gboolean
search_file (Search *search, const char *path)
{
  struct stat facts;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW);
  gboolean is_file = fd >= 0 && fstat (fd, &facts) == 0 && S_ISREG (facts.st_mode);

  if (is_file)
    search_range (search, fd, 0, (guint64) facts.st_size, "");
  if (fd >= 0)
    close (fd);
  else if (errno == ENOENT) /* somebody's file that is gone by now */
    return TRUE;
  return is_file;
}

int
main (int argc, char **argv)
{
  Search *search = g_new0 (Search, 1);
  gboolean is_complete = TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (lower); i++)
    lower[i] = (guint8) g_ascii_tolower ((char) i);
  search->needles = g_array_new (FALSE, FALSE, sizeof (Needle));
  if (argc < 3 || !read_words (search, argv[1])) {
    fprintf (stderr, "usage: memory-scan WORDS PID|FILE...\n");
    return 2;
  }
  for (int i = 2; i < argc; i++) {
    gboolean is_process = g_ascii_isdigit (argv[i][0]);

    search->where = argv[i];
    memset (search->n_lines, 0, sizeof search->n_lines);
    if (!(is_process ? search_process (search, argv[i]) : search_file (search, argv[i]))) {
      fprintf (stderr, "memory-scan: %s cannot be read\n", argv[i]);
      is_complete = FALSE;
    }
  }
  fflush (stdout);
  for (guint i = 0; i < G_N_ELEMENTS (search->begins); i++)
    g_free (search->begins[i]);
  g_array_unref (search->needles);
  is_complete = is_complete && !ferror (stdout);
  return (search->n_found > 0 ? 1 : 0) | (is_complete ? 0 : 2);
}
