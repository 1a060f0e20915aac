"""Parameters that others hang on links: they say who sent a link and to whom, and nothing about the view.

A reader has not written them and cannot help them, so a page does not speak
of them. Nothing of what they say is kept.
"""

import re

# Whole names, or beginnings where a star ends them; in any case. What a link of this project says goes before.
_BY_KIND = {
    "campaigns, by whatever tool": "utm_* pk_* piwik_* mtm_* matomo_* ga_* _ga* _gl at_* xtor ito itm_* ns_* cm_* "
    "wt_* wt.* s_cid s_kwcid sc_* stm_* cmp cmpid hsa_* _openstat",
    "clicks on advertisements": "gclid gclsrc gbraid wbraid gad_* dclid srsltid msclkid fbclid ttclid twclid yclid "
    "ysclid li_fat_id epik rdt_cid sccid irclickid irgwc wickedid obclid tblci vmcid",
    "sharing in social media and chats": "igsh igshid mibextid fb_* fref __tn__ ref ref_* referrer referer trk trkinfo "
    "trkemail lipi midtoken midsig ebp smid smtyp __twitter_impression _x_tr_*",
    "Mailchimp": "mc_*",
    "Dotdigital": "dm_*",
    "HubSpot": "_hs* __hs* hsctatracking hs_* hss_channel",
    "Marketo": "mkt_* aliid",
    "Salesforce, ExactTarget and Pardot": "sfmc_* et_* pi_*",
    "Eloqua": "elq*",
    "Klaviyo": "_ke _kx nb_klid",
    "Vero, Drip, Bronto, Blueshift, Omeda": "vero_* __s _bta_* bsft_* oly_* omeda*",
    "Acoustic": "spmailingid spuserid spjobid spreportid spm",
    "MailerLite, Kit, ActiveCampaign, Brevo": "ml_* ck_subscriber_id vgo_ee _se sib_*",
    "GovDelivery": "govdelivery* bbeml",
    "links into apps": "_branch_* ~* af_* adjust_* deep_link*",
    "pages that stand between": "guccounter guce_* __cf_chl_* cf_chl_*",
}

_names = " ".join(_BY_KIND.values()).split()
_NAME = re.compile("|".join(re.escape(name).replace(r"\*", r".*") for name in _names), re.IGNORECASE)


def is_tracker(name: str) -> bool:
    """Return whether a parameter is one of these, whatever it says."""
    return bool(_NAME.fullmatch(name))
