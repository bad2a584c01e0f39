package io.guildhall.http.endpoint;

import static java.util.Map.entry;
import static java.util.Objects.requireNonNull;

import java.util.Map;

/** The patterns of texts in request bodies, each with the message for a text that does not match it. */
public final class Formats {
    public static final String NOT_BLANK = "[\\s\\S]*\\S[\\s\\S]*";
    public static final String ONE_LINE = "[^\\r\\n]*";
    public static final String COUNTRY = "[A-Z]{2}";
    public static final String LANGUAGE = "[a-z]{2}";
    public static final String WEB_ADDRESS = "https?://\\S+";
    public static final String SECURE_ADDRESS = "https://\\S+";
    public static final String ACCOUNT_ID = "acc_[0-9a-z-]{1,60}";
    public static final String SEEDED_ACCOUNT_ID = "acc_seed-[0-9a-z-]{1,50}";
    public static final String SEEDED_GIG_ID = "gig_seed-[0-9a-z-]{1,50}";
    public static final String SEEDED_JOB_ID = "job_seed-[0-9a-z-]{1,50}";
    public static final String PAYMENT_METHOD = "pm_[A-Za-z0-9_]{1,80}";
    public static final String PAYOUT_STATUS = "verified|pending|restricted";

    private static final Map<String, String> MESSAGES = Map.ofEntries(
            entry(NOT_BLANK, "must not be empty"),
            entry(ONE_LINE, "must not have line breaks"),
            entry(COUNTRY, "must be two capital letters, such as DE"),
            entry(LANGUAGE, "must be two small letters, such as de"),
            entry(WEB_ADDRESS, "must be an address that starts with https:// or http://"),
            entry(SECURE_ADDRESS, "must be an address that starts with https://"),
            entry(ACCOUNT_ID, "must be the id of an account, which starts with acc_"),
            entry(SEEDED_ACCOUNT_ID, "must be an id that starts with acc_seed-"),
            entry(SEEDED_GIG_ID, "must be an id that starts with gig_seed-"),
            entry(SEEDED_JOB_ID, "must be an id that starts with job_seed-"),
            entry(PAYMENT_METHOD, "must be the id of a payment method, such as pm_card_visa; never a card number"),
            entry(PAYOUT_STATUS, "must be one of verified, pending, restricted"));

    private Formats() {}

    /** @param regex one of the patterns of this class */
    public static String message(String regex) {
        return requireNonNull(MESSAGES.get(regex), regex);
    }
}
