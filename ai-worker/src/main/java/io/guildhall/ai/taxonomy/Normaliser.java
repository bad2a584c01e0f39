package io.guildhall.ai.taxonomy;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the skill that a text names: exactly, without spaces, without a version number, or without words such as
 * "developer".
 */
final class Normaliser {
    private static final Pattern VERSION = Pattern.compile("v?\\d+|[\\dx]+");
    private static final Pattern TRAILING_DIGITS = Pattern.compile("(?<=[a-z]{3})\\d+$");
    private static final Set<String> IGNORED_PREFIXES = Set.of(
            "advanced", "basic", "certified", "experienced", "expert", "freelance", "junior", "professional", "senior");
    private static final Set<String> IGNORED_SUFFIXES = Set.of(
            "coder",
            "coding",
            "dev",
            "developer",
            "developers",
            "development",
            "engineer",
            "expert",
            "experts",
            "framework",
            "freelancer",
            "language",
            "library",
            "programmer",
            "programming",
            "services",
            "skills",
            "specialist",
            "specialists");

    private final Map<String, Skill> byKey = new HashMap<>();
    private final Map<String, Skill> byKeyWithoutSpaces = new HashMap<>();

    Normaliser(Collection<Skill> skills) {
        for (Skill skill : skills) {
            byKey.put(Tokenizer.key(skill.slug()), skill);
            byKey.put(Tokenizer.key(skill.name()), skill);
            skill.aliases().forEach(alias -> byKey.put(Tokenizer.key(alias), skill));
        }
        Set<String> ambiguous = new HashSet<>();
        byKey.forEach((key, skill) -> {
            Skill other = byKeyWithoutSpaces.putIfAbsent(key.replace(" ", ""), skill);
            if (other != null && !other.equals(skill)) ambiguous.add(key.replace(" ", ""));
        });
        ambiguous.forEach(byKeyWithoutSpaces::remove);
    }

    Optional<Skill> find(String text) {
        List<String> words = Tokenizer.tokenize(text).stream().map(Token::key).toList();
        if (words.isEmpty() || words.size() > 2 * TaxonomyBuilder.MAX_NAME_WORDS) return Optional.empty();
        return find(words);
    }

    /** Removes one word in each step, so the recursion ends. */
    private Optional<Skill> find(List<String> words) {
        Skill direct = findDirectly(words);
        if (direct != null || words.size() == 1) return Optional.ofNullable(direct);
        if (VERSION.matcher(words.getLast()).matches() || IGNORED_SUFFIXES.contains(words.getLast()))
            return find(words.subList(0, words.size() - 1));
        if (IGNORED_PREFIXES.contains(words.getFirst())) return find(words.subList(1, words.size()));
        return Optional.empty();
    }

    private @Nullable Skill findDirectly(List<String> words) {
        String key = String.join(" ", words);
        Skill exact = lookUp(key);
        if (exact != null) return exact;
        Skill unversioned = lookUp(TRAILING_DIGITS.matcher(key).replaceFirst(""));
        if (unversioned != null) return unversioned;
        return key.endsWith("s") && key.length() > 4
                ? lookUp(key.substring(0, key.length() - 1))
                : key.length() > 3 ? lookUp(key + "s") : null;
    }

    private @Nullable Skill lookUp(String key) {
        Skill skill = byKey.get(key);
        return skill != null ? skill : byKeyWithoutSpaces.get(key.replace(" ", ""));
    }
}
