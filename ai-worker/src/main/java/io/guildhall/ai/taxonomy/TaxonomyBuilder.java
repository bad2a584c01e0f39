package io.guildhall.ai.taxonomy;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Builds a taxonomy from the lines of its files, and rejects lines that are malformed or contradict others. */
final class TaxonomyBuilder {
    /** Bounds the time to search a text for names. */
    static final int MAX_NAME_WORDS = 10;

    private record NameOwner(String slug, TaxonomyLine line) {}

    private record Reference(String slug, TaxonomyLine line) {}

    private final Map<String, Category> categories = new LinkedHashMap<>();
    private final Map<String, Skill> skills = new LinkedHashMap<>();
    private final Map<String, MentionConfidence> everyday = new HashMap<>();
    private final Map<String, NameOwner> names = new HashMap<>();
    private final List<Reference> references = new ArrayList<>();

    void addCategory(TaxonomyLine line) {
        line.requireColumns(3, 3);
        String slug = line.slug(0);
        Category category = new Category(slug, line.text(1), line.text(2));
        if (categories.putIfAbsent(slug, category) != null)
            throw line.malformed("category '" + slug + "' already exists");
    }

    void addEveryday(TaxonomyLine line) {
        line.requireColumns(2, 2);
        String key = Tokenizer.key(line.text(0));
        MentionConfidence confidence = switch (line.text(1)) {
            case "capital" -> MentionConfidence.CAPITALISED;
            case "context" -> MentionConfidence.CONTEXT;
            default -> throw line.malformed("'" + line.text(1) + "' is neither 'capital' nor 'context'");
        };
        if (everyday.putIfAbsent(key, confidence) != null) throw line.malformed("'" + key + "' already exists");
    }

    void addSkill(TaxonomyLine line) {
        line.requireColumns(5, 6);
        String slug = line.slug(0);
        if (skills.containsKey(slug)) throw line.malformed("skill '" + slug + "' already exists");
        String category = line.slug(2);
        if (!categories.containsKey(category)) throw line.malformed("no such category: '" + category + "'");
        claim(slug, slug, line);
        put(new Skill(slug, line.text(1), category, List.of(), List.of(), List.of()), line);
        claim(line.text(1), slug, line);
        add(line, slug);
    }

    /** Adds a skill, or adds aliases, related skills and titles to the existing skill with that slug. */
    void addOrExtendSkill(TaxonomyLine line) {
        Skill existing = skills.get(line.slug(0));
        if (existing == null) {
            addSkill(line);
            return;
        }
        line.requireColumns(5, 6);
        requireSame(line, 1, existing.name());
        requireSame(line, 2, existing.category());
        add(line, existing.slug());
    }

    private static void requireSame(TaxonomyLine line, int column, String existing) {
        if (!line.cell(column).isEmpty() && !line.cell(column).equals(existing))
            throw line.malformed("'" + line.cell(column) + "' differs from '" + existing + "': leave the column empty");
    }

    private void add(TaxonomyLine line, String slug) {
        Skill skill = requireNonNull(skills.get(slug));
        List<String> aliases = line.list(3);
        aliases.forEach(alias -> claim(alias, slug, line));
        List<String> related = line.list(4);
        related.forEach(other -> references.add(new Reference(other, line)));
        if (related.contains(slug)) throw line.malformed("'" + slug + "' is related to itself");
        Skill more = new Skill(
                slug,
                skill.name(),
                skill.category(),
                joined(line, skill.aliases(), aliases),
                joined(line, skill.related(), related),
                joined(line, skill.titles(), line.list(5)));
        put(more, line);
    }

    private static List<String> joined(TaxonomyLine line, List<String> existing, List<String> more) {
        List<String> all = new ArrayList<>(existing);
        Set<String> seen = new LinkedHashSet<>();
        existing.forEach(each -> seen.add(each.toLowerCase(Locale.ROOT)));
        for (String each : more) {
            if (!seen.add(each.toLowerCase(Locale.ROOT))) throw line.malformed("'" + each + "' is listed twice");
            all.add(each);
        }
        return all;
    }

    private void put(Skill skill, TaxonomyLine line) {
        skills.put(skill.slug(), skill);
        if (skill.aliases().contains(skill.name()))
            throw line.malformed("'" + skill.name() + "' is both name and alias");
    }

    private void claim(String name, String slug, TaxonomyLine line) {
        String key = Tokenizer.key(name);
        if (key.isEmpty()) throw line.malformed("'" + name + "' has no letter or digit");
        if (key.chars().filter(c -> c == ' ').count() >= MAX_NAME_WORDS)
            throw line.malformed("'" + name + "' has more than " + MAX_NAME_WORDS + " words");
        NameOwner other = names.putIfAbsent(key, new NameOwner(slug, line));
        if (other != null && !other.slug().equals(slug))
            throw line.malformed("'" + name + "' is already a name of '" + other.slug() + "', in "
                    + other.line().location());
    }

    Taxonomy build() {
        for (Reference each : references)
            if (!skills.containsKey(each.slug()))
                throw each.line().malformed("no such related skill: '" + each.slug() + "'");
        return new Taxonomy(categories, skills, everyday);
    }
}
