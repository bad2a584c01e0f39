package io.guildhall.ai.taxonomy;

/**
 * One word of a text.
 *
 * @param key lower case, without accents: how it is compared
 * @param start offset of its first character in the text
 * @param end offset behind its last
 * @param before what stands between it and the word before
 */
record Token(String key, int start, int end, Gap before) {
    /** What stands between two words. */
    enum Gap {
        /** Nothing or a mark within a name, such as the dot in "Node.js": a phrase goes on, a list does not. */
        TIGHT,
        /** Blanks: a phrase goes on, a list does not. */
        SPACE,
        /** A slash: may stand within a phrase ("CI/CD") and between the items of a list ("React/Redux"). */
        SLASH,
        /** A comma, a new line and the like: the next item of a list. */
        LIST,
        /** The end of a sentence, a bracket, or the beginning of the text. */
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
