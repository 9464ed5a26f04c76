/* SPDX-FileCopyrightText: 2026 The Parvis authors */
/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "eid/country.h"

#include <stdlib.h>
#include <string.h>

enum { LETTERS = 3 };

/* Codes of Doc 9303-3, section 5, parts A to D, that are not ISO's: the one German letter, British nationals of other
 * kinds, organisations that have a root in a master list, Kosovo, two old codes, and the Utopia of specimens. Other
 * organisations are unknown here, not wrong. */
static const struct {
  const char *issuer, *country;
} others[] = {
  { "D", "DE" },   { "GBD", "GB" }, { "GBN", "GB" }, { "GBO", "GB" }, { "GBP", "GB" }, { "GBS", "GB" }, { "EUE", "EU" },
  { "UNO", "UN" }, { "UNA", "UN" }, { "RKS", "KS" }, { "XKX", "KS" }, { "ROM", "RO" }, { "ZIM", "ZW" }, { "UTO", "UT" },
};

/* ISO 3166-1: three letters, then two. */
static const char countries[][LETTERS + 3] = {
  "ABWAW", "AFGAF", "AGOAO", "AIAAI", "ALAAX", "ALBAL", "ANDAD", "AREAE", "ARGAR", "ARMAM", "ASMAS", "ATAAQ", "ATFTF",
  "ATGAG", "AUSAU", "AUTAT", "AZEAZ", "BDIBI", "BELBE", "BENBJ", "BESBQ", "BFABF", "BGDBD", "BGRBG", "BHRBH", "BHSBS",
  "BIHBA", "BLMBL", "BLRBY", "BLZBZ", "BMUBM", "BOLBO", "BRABR", "BRBBB", "BRNBN", "BTNBT", "BVTBV", "BWABW", "CAFCF",
  "CANCA", "CCKCC", "CHECH", "CHLCL", "CHNCN", "CIVCI", "CMRCM", "CODCD", "COGCG", "COKCK", "COLCO", "COMKM", "CPVCV",
  "CRICR", "CUBCU", "CUWCW", "CXRCX", "CYMKY", "CYPCY", "CZECZ", "DEUDE", "DJIDJ", "DMADM", "DNKDK", "DOMDO", "DZADZ",
  "ECUEC", "EGYEG", "ERIER", "ESHEH", "ESPES", "ESTEE", "ETHET", "FINFI", "FJIFJ", "FLKFK", "FRAFR", "FROFO", "FSMFM",
  "GABGA", "GBRGB", "GEOGE", "GGYGG", "GHAGH", "GIBGI", "GINGN", "GLPGP", "GMBGM", "GNBGW", "GNQGQ", "GRCGR", "GRDGD",
  "GRLGL", "GTMGT", "GUFGF", "GUMGU", "GUYGY", "HKGHK", "HMDHM", "HNDHN", "HRVHR", "HTIHT", "HUNHU", "IDNID", "IMNIM",
  "INDIN", "IOTIO", "IRLIE", "IRNIR", "IRQIQ", "ISLIS", "ISRIL", "ITAIT", "JAMJM", "JEYJE", "JORJO", "JPNJP", "KAZKZ",
  "KENKE", "KGZKG", "KHMKH", "KIRKI", "KNAKN", "KORKR", "KWTKW", "LAOLA", "LBNLB", "LBRLR", "LBYLY", "LCALC", "LIELI",
  "LKALK", "LSOLS", "LTULT", "LUXLU", "LVALV", "MACMO", "MAFMF", "MARMA", "MCOMC", "MDAMD", "MDGMG", "MDVMV", "MEXMX",
  "MHLMH", "MKDMK", "MLIML", "MLTMT", "MMRMM", "MNEME", "MNGMN", "MNPMP", "MOZMZ", "MRTMR", "MSRMS", "MTQMQ", "MUSMU",
  "MWIMW", "MYSMY", "MYTYT", "NAMNA", "NCLNC", "NERNE", "NFKNF", "NGANG", "NICNI", "NIUNU", "NLDNL", "NORNO", "NPLNP",
  "NRUNR", "NZLNZ", "OMNOM", "PAKPK", "PANPA", "PCNPN", "PERPE", "PHLPH", "PLWPW", "PNGPG", "POLPL", "PRIPR", "PRKKP",
  "PRTPT", "PRYPY", "PSEPS", "PYFPF", "QATQA", "REURE", "ROURO", "RUSRU", "RWARW", "SAUSA", "SDNSD", "SENSN", "SGPSG",
  "SGSGS", "SHNSH", "SJMSJ", "SLBSB", "SLESL", "SLVSV", "SMRSM", "SOMSO", "SPMPM", "SRBRS", "SSDSS", "STPST", "SURSR",
  "SVKSK", "SVNSI", "SWESE", "SWZSZ", "SXMSX", "SYCSC", "SYRSY", "TCATC", "TCDTD", "TGOTG", "THATH", "TJKTJ", "TKLTK",
  "TKMTM", "TLSTL", "TONTO", "TTOTT", "TUNTN", "TURTR", "TUVTV", "TWNTW", "TZATZ", "UGAUG", "UKRUA", "UMIUM", "URYUY",
  "USAUS", "UZBUZ", "VATVA", "VCTVC", "VENVE", "VGBVG", "VIRVI", "VNMVN", "VUTVU", "WLFWF", "WSMWS", "YEMYE", "ZAFZA",
  "ZMBZM", "ZWEZW",
};

static int
compare_cb (const void *key, const void *row)
{
  return strncmp (key, row, LETTERS);
}

const char *
pv_country_from_issuer (const char *issuer)
{
  char code[LETTERS + 1] = "";
  gsize length = strcspn (issuer, "<");
  const char *found;

  if (length > LETTERS || strspn (issuer + length, "<") != strlen (issuer + length))
    return NULL;
  memcpy (code, issuer, length);
  for (gsize i = 0; i < G_N_ELEMENTS (others); i++)
    if (strcmp (code, others[i].issuer) == 0)
      return others[i].country;
  found =
    length == LETTERS ? bsearch (code, countries, G_N_ELEMENTS (countries), sizeof countries[0], compare_cb) : NULL;
  return found != NULL ? found + LETTERS : NULL;
}
