package io.guildhall.http.endpoint;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;

import java.util.Map;

/** The patterns of texts in request bodies, each with the message for a text that does not match it. */
public final class Formats {
    /** The codes of ISO 3166-1. */
    public static final String COUNTRY =
            "AD|AE|AF|AG|AI|AL|AM|AO|AQ|AR|AS|AT|AU|AW|AX|AZ|BA|BB|BD|BE|BF|BG|BH|BI|BJ|BL|BM|BN|BO|BQ|"
                    + "BR|BS|BT|BV|BW|BY|BZ|CA|CC|CD|CF|CG|CH|CI|CK|CL|CM|CN|CO|CR|CU|CV|CW|CX|CY|CZ|DE|DJ|DK|DM|"
                    + "DO|DZ|EC|EE|EG|EH|ER|ES|ET|FI|FJ|FK|FM|FO|FR|GA|GB|GD|GE|GF|GG|GH|GI|GL|GM|GN|GP|GQ|GR|GS|"
                    + "GT|GU|GW|GY|HK|HM|HN|HR|HT|HU|ID|IE|IL|IM|IN|IO|IQ|IR|IS|IT|JE|JM|JO|JP|KE|KG|KH|KI|KM|KN|"
                    + "KP|KR|KW|KY|KZ|LA|LB|LC|LI|LK|LR|LS|LT|LU|LV|LY|MA|MC|MD|ME|MF|MG|MH|MK|ML|MM|MN|MO|MP|MQ|"
                    + "MR|MS|MT|MU|MV|MW|MX|MY|MZ|NA|NC|NE|NF|NG|NI|NL|NO|NP|NR|NU|NZ|OM|PA|PE|PF|PG|PH|PK|PL|PM|"
                    + "PN|PR|PS|PT|PW|PY|QA|RE|RO|RS|RU|RW|SA|SB|SC|SD|SE|SG|SH|SI|SJ|SK|SL|SM|SN|SO|SR|SS|ST|SV|"
                    + "SX|SY|SZ|TC|TD|TF|TG|TH|TJ|TK|TL|TM|TN|TO|TR|TT|TV|TW|TZ|UA|UG|UM|US|UY|UZ|VA|VC|VE|VG|VI|"
                    + "VN|VU|WF|WS|YE|YT|ZA|ZM|ZW";
    /** The codes of ISO 639-1. */
    public static final String LANGUAGE =
            "aa|ab|ae|af|ak|am|an|ar|as|av|ay|az|ba|be|bg|bh|bi|bm|bn|bo|br|bs|ca|ce|ch|co|cr|cs|cu|cv|"
                    + "cy|da|de|dv|dz|ee|el|en|eo|es|et|eu|fa|ff|fi|fj|fo|fr|fy|ga|gd|gl|gn|gu|gv|ha|he|hi|ho|hr|"
                    + "ht|hu|hy|hz|ia|id|ie|ig|ii|ik|in|io|is|it|iu|iw|ja|ji|jv|ka|kg|ki|kj|kk|kl|km|kn|ko|kr|ks|"
                    + "ku|kv|kw|ky|la|lb|lg|li|ln|lo|lt|lu|lv|mg|mh|mi|mk|ml|mn|mo|mr|ms|mt|my|na|nb|nd|ne|ng|nl|"
                    + "nn|no|nr|nv|ny|oc|oj|om|or|os|pa|pi|pl|ps|pt|qu|rm|rn|ro|ru|rw|sa|sc|sd|se|sg|si|sk|sl|sm|"
                    + "sn|so|sq|sr|ss|st|su|sv|sw|ta|te|tg|th|ti|tk|tl|tn|to|tr|ts|tt|tw|ty|ug|uk|ur|uz|ve|vi|vo|"
                    + "wa|wo|xh|yi|yo|za|zh|zu";
    /** Lists in query parameters are separated by commas. */
    public static final String NO_COMMA = "[^,]*";

    public static final String WEB_ADDRESS = "https?://\\S+";
    public static final String SECURE_ADDRESS = "https://\\S+";
    public static final String ACCOUNT_ID = "acc_[0-9a-z-]{1,60}";
    public static final String HANDLE = "(?=.{3,30}$)[a-z0-9]+(-[a-z0-9]+)*";
    public static final String GIG_ID = "gig_[0-9a-z-]{1,60}";
    public static final String PROPOSAL_ID = "prp_[0-9a-z-]{1,60}";
    public static final String INVITE_ID = "inv_[0-9a-z-]{1,60}";
    public static final String SEEDED_ACCOUNT_ID = "acc_seed-[0-9a-z-]{1,50}";
    public static final String SEEDED_GIG_ID = "gig_seed-[0-9a-z-]{1,50}";
    public static final String SEEDED_JOB_ID = "job_seed-[0-9a-z-]{1,50}";
    public static final String PAYMENT_METHOD = "pm_[A-Za-z0-9_]{1,80}";
    /** The time of a day, in minutes. */
    public static final String TIME = "([01][0-9]|2[0-3]):[0-5][0-9]";

    public static final String PAYOUT_STATUS = "verified|pending|restricted";

    private static final Map<String, String> MESSAGES = Map.ofEntries(
            entry(COUNTRY, "must be an ISO 3166-1 country code in upper case, such as DE"),
            entry(LANGUAGE, "must be an ISO 639-1 language code in lower case, such as de"),
            entry(NO_COMMA, "must not contain a comma"),
            entry(WEB_ADDRESS, "must be an address that starts with https:// or http://"),
            entry(SECURE_ADDRESS, "must be an address that starts with https://"),
            entry(ACCOUNT_ID, "must be the id of an account, which starts with acc_"),
            entry(
                    HANDLE,
                    "must have 3 to 30 letters a to z, digits, and single hyphens between them, such as ann-meyer"),
            entry(GIG_ID, "must be the id of a gig, which starts with gig_"),
            entry(PROPOSAL_ID, "must be the id of a proposal, which starts with prp_"),
            entry(INVITE_ID, "must be the id of an invite, which starts with inv_"),
            entry(SEEDED_ACCOUNT_ID, "must be an id that starts with acc_seed-"),
            entry(SEEDED_GIG_ID, "must be an id that starts with gig_seed-"),
            entry(SEEDED_JOB_ID, "must be an id that starts with job_seed-"),
            entry(PAYMENT_METHOD, "must be the id of a payment method, such as pm_card_visa; never a card number"),
            entry(TIME, "must be a time from 00:00 to 23:59"),
            entry(PAYOUT_STATUS, "must be one of verified, pending, restricted"));

    private Formats() {}

    /** @param regex one of the patterns of this class */
    public static String message(String regex) {
        return requireNonNull(MESSAGES.get(regex), regex);
    }
}
