package io.guildhall.ai.taxonomy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Finds skills in texts. Names are taken from left to right, the longest first; then what is an everyday word too is kept only where
 * something speaks for the skill: its neighbours in a list, the words around it, the way it is written.
 */
final class Extractor {
    private static final int FEW_WORDS = 4;

    private final Phrases phrases;

    Extractor(Collection<Skill> skills, Map<String, MentionConfidence> everyday) {
        this.phrases = new Phrases(skills, everyday);
    }

    List<FoundSkill> extractFromText(String text) {
        List<Token> words = Tokenizer.tokenize(text);
        return found(words, new Evidence(text, words, true));
    }

    /** People type queries in lower case, and a few words without a sentence around them mean what they can. */
    List<FoundSkill> extractFromQuery(String query) {
        List<Token> words = Tokenizer.tokenize(query);
        Evidence evidence = new Evidence(query, words, false);
        if (words.size() > FEW_WORDS) return found(words, evidence);
        return candidates(words, evidence).stream().map(each -> at(words, each)).toList();
    }

    private List<FoundSkill> found(List<Token> words, Evidence evidence) {
        List<Candidate> candidates = candidates(words, evidence);
        List<FoundSkill> found = new ArrayList<>();
        for (int from = 0; from < candidates.size(); ) {
            int to = from + 1;
            while (to < candidates.size() && evidence.areListed(candidates.get(to - 1), candidates.get(to))) to++;
            List<Candidate> list = candidates.subList(from, to);
            boolean anySure = list.stream().anyMatch(Candidate::isCertain);
            for (Candidate each : list)
                if (each.isCertain() || (anySure && evidence.isItem(each))) found.add(at(words, each));
            from = to;
        }
        return found;
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
     * @param from its first word
     * @param to behind its last
     * @param sure by itself, whatever stands beside it
     */
    record Candidate(Phrases.Name name, int from, int to, boolean isCertain) {}
}
