package io.guildhall.ai.taxonomy;

import java.util.Map;

/** How sure it is that a word in running text means the skill that is called by it. */
enum MentionConfidence {
    /** The word means nothing else. */
    UNAMBIGUOUS,
    /** An everyday word too ("Swift"): counts where it is written as a name, or where its neighbours are skills. */
    CAPITALISED,
    /** Written no differently in its everyday meaning ("go", "hiring", "C"): counts where its neighbours are skills. */
    CONTEXT;

    /** By its key; single letters and pairs of letters are never plain, whether listed or not. */
    static MentionConfidence of(String key, Map<String, MentionConfidence> everyday) {
        MentionConfidence shortest = key.length() == 1 ? CONTEXT : key.length() == 2 ? CAPITALISED : UNAMBIGUOUS;
        return everyday.getOrDefault(key, shortest);
    }
}
