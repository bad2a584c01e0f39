package io.guildhall.ai.taxonomy;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedCollection;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The skills of the freelance world: what they are called and what is beside what. Reads its files once, never changes and may be
 * shared. Every function takes any text, of any length, in time that grows with it and no faster.
 */
public final class Taxonomy {
    private static final int MAX_RELATED = 8;

    private final SequencedMap<String, Category> categories;
    private final SequencedMap<String, Skill> skills;
    private final Map<String, List<Related>> related;
    private final Normaliser normaliser;
    private final Extractor extractor;

    Taxonomy(Map<String, Category> categories, Map<String, Skill> skills, Map<String, MentionConfidence> everyday) {
        this.categories = new LinkedHashMap<>(categories);
        this.skills = new LinkedHashMap<>(skills);
        this.related = related(this.skills);
        this.normaliser = new Normaliser(this.skills.values());
        this.extractor = new Extractor(this.skills.values(), everyday);
    }

    /** The one that comes with the program. */
    public static Taxonomy bundled() {
        return loadBundled().build();
    }

    /**
     * The bundled one and what a file adds to it. Its lines have the columns of {@code skills.tsv}; one under the slug of a skill that
     * is there gives it more aliases, related skills and titles. Two more kinds of lines begin with a word in a column of its own:
     * {@code @category} (then as in {@code categories.tsv}) and {@code @everyday} (then as in {@code everyday.tsv}).
     *
     * @throws MalformedTaxonomyException naming the line that is not so, or that contradicts another
     */
    public static Taxonomy extendedBy(Path file) throws IOException {
        TaxonomyBuilder draft = loadBundled();
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (TaxonomyLine line : TaxonomyLine.read(file.toString(), reader)) {
                switch (line.cell(0)) {
                    case "@category" -> draft.addCategory(line.skip(1));
                    case "@everyday" -> draft.addEveryday(line.skip(1));
                    default -> draft.addOrExtendSkill(line);
                }
            }
        }
        return draft.build();
    }

    private static TaxonomyBuilder loadBundled() {
        TaxonomyBuilder draft = new TaxonomyBuilder();
        resource("categories.tsv").forEach(draft::addCategory);
        resource("everyday.tsv").forEach(draft::addEveryday);
        resource("skills.tsv").forEach(draft::addSkill);
        return draft;
    }

    private static List<TaxonomyLine> resource(String name) {
        String path = "/taxonomy/" + name;
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(Taxonomy.class.getResourceAsStream(path), path), StandardCharsets.UTF_8))) {
            return TaxonomyLine.read(name, reader);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those a skill names, and after them those that name it: related is written one way and holds both ways. */
    private static Map<String, List<Related>> related(Map<String, Skill> skills) {
        Map<String, SequencedMap<String, Double>> closeness = new HashMap<>();
        skills.keySet().forEach(slug -> closeness.put(slug, new LinkedHashMap<>()));
        for (Skill skill : skills.values()) {
            for (int place = 0; place < skill.related().size(); place++) {
                double close = 0.6 * Math.pow(0.85, place);
                String other = skill.related().get(place);
                requireNonNull(closeness.get(skill.slug())).merge(other, close, Math::max);
                requireNonNull(closeness.get(other)).merge(skill.slug(), close * 0.8, Math::max);
            }
        }
        Map<String, List<Related>> related = HashMap.newHashMap(skills.size());
        closeness.forEach((slug, others) -> related.put(
                slug,
                others.entrySet().stream()
                        .map(other -> new Related(requireNonNull(skills.get(other.getKey())), other.getValue()))
                        .sorted((a, b) -> Double.compare(b.closeness(), a.closeness()))
                        .limit(MAX_RELATED)
                        .toList()));
        return related;
    }

    /** Every word of what its skills are called, of their titles and of its categories; lower case, without accents. */
    public Set<String> words() {
        Stream<String> texts = Stream.concat(
                categories.values().stream().map(Category::name),
                skills.values().stream()
                        .flatMap(skill -> Stream.of(List.of(skill.name()), skill.aliases(), skill.titles())
                                .flatMap(List::stream)));
        return texts.flatMap(text -> Tokenizer.tokenize(text).stream())
                .map(Token::key)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** In the order of display. */
    public SequencedCollection<Category> categories() {
        return List.copyOf(categories.values());
    }

    public SequencedCollection<Skill> skills() {
        return List.copyOf(skills.values());
    }

    public Optional<Skill> skill(String slug) {
        return Optional.ofNullable(skills.get(slug));
    }

    /** What stands beside a skill of this taxonomy, in either direction, the closest first; never itself. */
    public List<Related> related(Skill skill) {
        return requireNonNull(related.get(skill.slug()));
    }

    /** The skill that a freely written one means ("reactjs", "React.js developer"); empty where there is none. */
    public Optional<Skill> normalise(String free) {
        return normaliser.find(free);
    }

    /**
     * The skills a text speaks of, in its order, none overlapping another. The longest name wins ("React Native" holds no React);
     * what is an everyday word too counts only where it is plain that the skill is meant.
     */
    public List<FoundSkill> extract(String text) {
        return extractor.extractFromText(text);
    }

    /** What to search for beside a query's own words. */
    public Expansion expand(String query) {
        return Expansion.of(query, spokenOf(query), this);
    }

    private List<Skill> spokenOf(String query) {
        List<Skill> spokenOf = new ArrayList<>();
        extractor.extractFromQuery(query).forEach(found -> spokenOf.add(found.skill()));
        if (spokenOf.isEmpty()) normalise(query).ifPresent(spokenOf::add);
        return spokenOf.stream().distinct().toList();
    }

    /** How what is offered covers what is wanted, each given as people wrote it. */
    public Explanation explain(Collection<String> wanted, Collection<String> offered) {
        return Explanation.of(wanted, offered, this);
    }
}
