package io.guildhall.ai.taxonomy;

import io.guildhall.ai.taxonomy.Extractor.Candidate;
import io.guildhall.ai.taxonomy.Token.Gap;
import java.util.List;
import java.util.Set;

/** Decides whether a word in a text means the skill with that name, or has its everyday meaning. */
final class Evidence {
    private static final Set<String> CONNECTORS =
            Set.of("and", "or", "und", "oder", "et", "ou", "y", "o", "e", "plus", "en");
    private static final Set<String> WORDS_BEFORE_SKILL = Set.of("with", "using", "via");
    private static final Set<String> WORDS_AFTER_SKILL = Set.of(
            "coder",
            "coding",
            "dev",
            "developer",
            "developers",
            "development",
            "engineer",
            "engineers",
            "expert",
            "experts",
            "framework",
            "language",
            "library",
            "programmer",
            "programmers",
            "programming",
            "services",
            "skills",
            "specialist",
            "specialists",
            "backend",
            "frontend",
            "freelancer",
            "experience",
            "entwickler",
            "code");

    private final String text;
    private final List<Token> words;
    private final boolean usesCase;

    /**
     * @param usesCase whether capital letters in the text are significant, as in prose. In search texts they are not
     */
    Evidence(String text, List<Token> words, boolean usesCase) {
        this.text = text;
        this.words = words;
        this.usesCase = usesCase && text.chars().anyMatch(Character::isLowerCase);
    }

    /** Whether the name alone is sufficient evidence, without other skills next to it. */
    boolean isCertain(Phrases.Name name, int from, int to) {
        if (name.confidence() == MentionConfidence.UNAMBIGUOUS) return true;
        if (!canBeName(name, from, to)) return false;
        if (from == 0 && to == words.size()) return true;
        if (isBeforeSkillWord(to) || (isAfterSkillWord(from) && endsItem(to))) return true;
        return name.confidence() == MentionConfidence.CAPITALISED && usesCase && isCapitalised(name, from, to);
    }

    /** Whether the skill is a whole item of a list: in "Python, Go and Rust", but not in "Python, go home". */
    boolean isItem(Candidate candidate) {
        return canBeName(candidate.name(), candidate.from(), candidate.to())
                && beginsItem(candidate.from())
                && endsItem(candidate.to());
    }

    /** Whether only a separator, such as a comma or "and", is between two skills. */
    boolean areListed(Candidate first, Candidate next) {
        int wordsBetween = next.from() - first.to();
        Gap gap = words.get(next.from()).before();
        if (wordsBetween == 0) return gap.separatesItems() || gap == Gap.SPACE;
        return wordsBetween == 1 && isConnector(first.to()) && gap != Gap.BREAK;
    }

    private boolean canBeName(Phrases.Name name, int from, int to) {
        return !usesCase || words.get(from).key().length() > 2 || isAsWritten(name, from, to);
    }

    private boolean isAsWritten(Phrases.Name name, int from, int to) {
        return name.spellings()
                .contains(text.substring(
                        words.get(from).start(), words.get(to - 1).end()));
    }

    /** Whether the word has capital letters that its position in the sentence does not require. */
    private boolean isCapitalised(Phrases.Name name, int from, int to) {
        if (!isAsWritten(name, from, to)) return false;
        int start = words.get(from).start();
        if (text.substring(start + 1, words.get(to - 1).end()).chars().anyMatch(Character::isUpperCase)) return true;
        return Character.isUpperCase(text.charAt(start))
                && from > 0
                && words.get(from).before() == Gap.SPACE
                && !Character.isUpperCase(text.charAt(words.get(from - 1).start()));
    }

    private boolean isBeforeSkillWord(int to) {
        return to < words.size()
                && words.get(to).before().continuesPhrase()
                && WORDS_AFTER_SKILL.contains(words.get(to).key());
    }

    private boolean isAfterSkillWord(int from) {
        if (from == 0 || words.get(from).before() != Gap.SPACE) return false;
        String before = words.get(from - 1).key();
        return WORDS_BEFORE_SKILL.contains(before) || (words.get(from).key().length() <= 2 && before.equals("in"));
    }

    private boolean beginsItem(int from) {
        return from == 0
                || words.get(from).before().endsItem()
                || isConnector(from - 1)
                || isAfterSkillWord(from)
                || !usesCase;
    }

    private boolean endsItem(int to) {
        return to == words.size() || words.get(to).before().endsItem() || isConnector(to) || isBeforeSkillWord(to);
    }

    private boolean isConnector(int word) {
        return CONNECTORS.contains(words.get(word).key());
    }
}
