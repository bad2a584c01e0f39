package io.guildhall.ai.taxonomy;

import java.util.Map;

/** How reliably a word in prose means the skill with that name. */
enum MentionConfidence {
    /** The word has no other meaning. */
    UNAMBIGUOUS,
    /** Also an everyday word, such as "Swift": counts if it is capitalised, or next to other skills. */
    CAPITALISED,
    /**
     * Also an everyday word that is written in the same way, such as "go", "hiring" or "C": counts only next to other
     * skills.
     */
    CONTEXT;

    /** Looks a key up. Unlisted keys of one or two letters are never unambiguous. */
    static MentionConfidence of(String key, Map<String, MentionConfidence> everyday) {
        MentionConfidence byLength = key.length() == 1 ? CONTEXT : key.length() == 2 ? CAPITALISED : UNAMBIGUOUS;
        return everyday.getOrDefault(key, byLength);
    }
}
