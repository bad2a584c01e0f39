package io.guildhall.ai.taxonomy;

/**
 * A word of a text.
 *
 * @param key in lower case and without accents, for comparisons
 * @param start offset of its first character in the text
 * @param end offset after its last
 * @param before the gap between this word and the one before it
 */
record Token(String key, int start, int end, Gap before) {
    /** What separates two words. */
    enum Gap {
        /** Nothing, or a mark within a name, such as the dot in "Node.js". Continues a phrase. */
        TIGHT,
        /** Spaces. Continues a phrase. */
        SPACE,
        /** A slash. Continues a phrase ("CI/CD") or separates the items of a list ("React/Redux"). */
        SLASH,
        /** A comma, a line break or similar. Separates the items of a list. */
        LIST,
        /** The end of a sentence, a bracket or the beginning of the text. */
        BREAK;

        boolean continuesPhrase() {
            return this == TIGHT || this == SPACE || this == SLASH;
        }

        boolean separatesItems() {
            return this == LIST || this == SLASH;
        }

        boolean endsItem() {
            return this != TIGHT && this != SPACE;
        }
    }
}
