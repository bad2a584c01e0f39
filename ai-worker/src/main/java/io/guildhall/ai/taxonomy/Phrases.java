package io.guildhall.ai.taxonomy;

import io.guildhall.ai.taxonomy.Token.Gap;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All names of all skills as a tree of words, in which the longest name at a position of a text is found in one pass.
 */
final class Phrases {
    /** @param spellings how the taxonomy writes the names with these words */
    record Name(Skill skill, MentionConfidence confidence, Set<String> spellings) {}

    /** @param words number of words in the text */
    record Match(Name name, int words) {}

    private static final class Node {
        final Map<String, Node> next = new HashMap<>(2);

        @Nullable
        Name name;
    }

    private final Node root = new Node();
    private final Map<String, MentionConfidence> everyday;

    Phrases(Collection<Skill> skills, Map<String, MentionConfidence> everyday) {
        this.everyday = everyday;
        for (Skill skill : skills) {
            add(skill, skill.name());
            skill.aliases().forEach(alias -> add(skill, alias));
        }
        for (Skill skill : skills) {
            addVariant(skill, skill.slug(), keys(Tokenizer.tokenize(skill.slug())));
            addVariants(skill, skill.name());
            skill.aliases().forEach(alias -> addVariants(skill, alias));
        }
    }

    private void add(Skill skill, String name) {
        Node node = root;
        List<Token> words = Tokenizer.tokenize(name);
        for (Token word : words) node = node.next.computeIfAbsent(word.key(), _ -> new Node());
        if (node.name == null) node.name = new Name(skill, confidence(words), new HashSet<>());
        node.name.spellings().add(name);
    }

    private MentionConfidence confidence(List<Token> words) {
        List<String> keys = keys(words);
        if (keys.size() == 1) return MentionConfidence.of(keys.getFirst(), everyday);
        // The words of "D&I" are "d and i": only its capitals distinguish it from prose.
        boolean lettersOnly = keys.stream().allMatch(key -> key.length() == 1 || key.equals("and"));
        return everyday.getOrDefault(
                String.join(" ", keys), lettersOnly ? MentionConfidence.CAPITALISED : MentionConfidence.UNAMBIGUOUS);
    }

    /** Adds the plural or singular, and "nodejs" for "Node.js". Variants never replace a name. */
    private void addVariants(Skill skill, String name) {
        List<Token> words = Tokenizer.tokenize(name);
        String last = words.getLast().key();
        if (last.length() > 2 && !last.endsWith("s")) addVariant(skill, name, with(words, last + "s"));
        if (words.size() > 1 && last.length() > 3 && last.endsWith("s") && !last.endsWith("ss"))
            addVariant(skill, name, with(words, last.substring(0, last.length() - 1)));
        boolean hasNoSpaces = words.stream().skip(1).allMatch(word -> word.before() != Gap.SPACE);
        if (words.size() > 1 && hasNoSpaces && name.length() > 4 && name.indexOf('&') < 0)
            addVariant(skill, name, List.of(String.join("", keys(words))));
    }

    private static List<String> keys(List<Token> words) {
        return words.stream().map(Token::key).toList();
    }

    private static List<String> with(List<Token> words, String last) {
        List<String> keys =
                new java.util.ArrayList<>(words.stream().map(Token::key).toList());
        keys.set(keys.size() - 1, last);
        return keys;
    }

    private void addVariant(Skill skill, String name, List<String> keys) {
        Node node = root;
        for (String key : keys) node = node.next.computeIfAbsent(key, _ -> new Node());
        if (node.name != null) return;
        // "LEEDs" can be the plural of "LEED", but "Leeds" is not.
        boolean isUpperCase = name.equals(name.toUpperCase(Locale.ROOT)) && keys.size() == 1;
        MentionConfidence confidence = confidence(Tokenizer.tokenize(name));
        node.name = new Name(
                skill,
                isUpperCase && confidence == MentionConfidence.UNAMBIGUOUS ? MentionConfidence.CAPITALISED : confidence,
                Set.of(isUpperCase ? name + "s" : name));
    }

    /** Returns the longest name that begins at a word, or null if none does. */
    @Nullable
    Match longest(List<Token> words, int from) {
        @Nullable Match longest = null;
        Node node = root;
        for (int i = from; i < words.size(); i++) {
            if (i > from && !words.get(i).before().continuesPhrase()) break;
            node = node.next.get(words.get(i).key());
            if (node == null) break;
            if (node.name != null) longest = new Match(node.name, i + 1 - from);
        }
        return longest;
    }
}
