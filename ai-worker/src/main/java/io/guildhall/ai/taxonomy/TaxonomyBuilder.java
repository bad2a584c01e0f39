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

/** A taxonomy while its files are read: refuses what would make it contradict itself, with the line that does. */
final class TaxonomyBuilder {
    /** What each text is compared with grows with the longest name; nobody searches for more words than this. */
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
            throw line.malformed("category '" + slug + "' is there already");
    }

    void addEveryday(TaxonomyLine line) {
        line.requireColumns(2, 2);
        String key = Tokenizer.key(line.text(0));
        MentionConfidence prose = switch (line.text(1)) {
            case "capital" -> MentionConfidence.CAPITALISED;
            case "context" -> MentionConfidence.CONTEXT;
            default -> throw line.malformed("'" + line.text(1) + "' is neither 'capital' nor 'context'");
        };
        if (everyday.putIfAbsent(key, prose) != null) throw line.malformed("'" + key + "' is there already");
    }

    void addSkill(TaxonomyLine line) {
        line.requireColumns(5, 6);
        String slug = line.slug(0);
        if (skills.containsKey(slug)) throw line.malformed("skill '" + slug + "' is there already");
        String category = line.slug(2);
        if (!categories.containsKey(category)) throw line.malformed("there is no category '" + category + "'");
        claim(slug, slug, line);
        put(new Skill(slug, line.text(1), category, List.of(), List.of(), List.of()), line);
        claim(line.text(1), slug, line);
        add(line, slug);
    }

    /** A new skill or, under the slug of one that is there, more aliases, related skills and titles for it. */
    void addOrExtendSkill(TaxonomyLine line) {
        Skill there = skills.get(line.slug(0));
        if (there == null) {
            addSkill(line);
            return;
        }
        line.requireColumns(5, 6);
        same(line, 1, there.name());
        same(line, 2, there.category());
        add(line, there.slug());
    }

    private static void same(TaxonomyLine line, int column, String there) {
        if (!line.cell(column).isEmpty() && !line.cell(column).equals(there))
            throw line.malformed("'" + line.cell(column) + "' does not change '" + there + "': leave it empty");
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

    private static List<String> joined(TaxonomyLine line, List<String> there, List<String> more) {
        List<String> all = new ArrayList<>(there);
        Set<String> seen = new LinkedHashSet<>();
        there.forEach(each -> seen.add(each.toLowerCase(Locale.ROOT)));
        for (String each : more) {
            if (!seen.add(each.toLowerCase(Locale.ROOT))) throw line.malformed("'" + each + "' is there twice");
            all.add(each);
        }
        return all;
    }

    private void put(Skill skill, TaxonomyLine line) {
        skills.put(skill.slug(), skill);
        if (skill.aliases().contains(skill.name())) throw line.malformed("'" + skill.name() + "' is name and alias");
    }

    private void claim(String name, String slug, TaxonomyLine line) {
        String key = Tokenizer.key(name);
        if (key.isEmpty()) throw line.malformed("'" + name + "' has no letter or digit");
        if (key.chars().filter(c -> c == ' ').count() >= MAX_NAME_WORDS)
            throw line.malformed("'" + name + "' has more than " + MAX_NAME_WORDS + " words");
        NameOwner other = names.putIfAbsent(key, new NameOwner(slug, line));
        if (other != null && !other.slug().equals(slug))
            throw line.malformed("'" + name + "' leads to '" + other.slug() + "' already, by "
                    + other.line().location());
    }

    Taxonomy build() {
        for (Reference each : references)
            if (!skills.containsKey(each.slug()))
                throw each.line().malformed("there is no skill '" + each.slug() + "' to be related to");
        return new Taxonomy(categories, skills, everyday);
    }
}
