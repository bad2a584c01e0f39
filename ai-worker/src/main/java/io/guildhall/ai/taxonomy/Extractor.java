package io.guildhall.ai.taxonomy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Finds skills in texts. Scans from left to right and prefers the longest name. A name that is also an everyday word
 * counts only with evidence for the skill: other skills in the same list, the words around it or its capital letters.
 */
final class Extractor {
    private static final int FEW_WORDS = 4;

    private final Phrases phrases;

    Extractor(Collection<Skill> skills, Map<String, MentionConfidence> everyday) {
        this.phrases = new Phrases(skills, everyday);
    }

    List<FoundSkill> extractFromText(String text) {
        List<Token> words = Tokenizer.tokenize(text);
        return select(words, new Evidence(text, words, true));
    }

    /** Search texts are often in lower case. In a text of few words, every name of a skill counts. */
    List<FoundSkill> extractFromQuery(String query) {
        List<Token> words = Tokenizer.tokenize(query);
        Evidence evidence = new Evidence(query, words, false);
        if (words.size() > FEW_WORDS) return select(words, evidence);
        return candidates(words, evidence).stream().map(each -> at(words, each)).toList();
    }

    private List<FoundSkill> select(List<Token> words, Evidence evidence) {
        List<Candidate> candidates = candidates(words, evidence);
        List<FoundSkill> skills = new ArrayList<>();
        for (int from = 0; from < candidates.size(); ) {
            int to = from + 1;
            while (to < candidates.size() && evidence.areListed(candidates.get(to - 1), candidates.get(to))) to++;
            List<Candidate> list = candidates.subList(from, to);
            boolean isAnyCertain = list.stream().anyMatch(Candidate::isCertain);
            for (Candidate each : list)
                if (each.isCertain() || (isAnyCertain && evidence.isItem(each))) skills.add(at(words, each));
            from = to;
        }
        return skills;
    }

    private List<Candidate> candidates(List<Token> words, Evidence evidence) {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < words.size(); ) {
            Phrases.Match match = phrases.longest(words, i);
            if (match == null) {
                i++;
                continue;
            }
            int end = i + match.words();
            candidates.add(new Candidate(match.name(), i, end, evidence.isCertain(match.name(), i, end)));
            i = end;
        }
        return candidates;
    }

    private static FoundSkill at(List<Token> words, Candidate each) {
        return new FoundSkill(
                each.name().skill(),
                words.get(each.from()).start(),
                words.get(each.to() - 1).end());
    }

    /**
     * @param from index of its first word
     * @param to index after its last word
     * @param isCertain without regard to the words next to it
     */
    record Candidate(Phrases.Name name, int from, int to, boolean isCertain) {}
}
