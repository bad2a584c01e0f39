package io.guildhall.bench.seed;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The demo marketplace: generated users, gigs and jobs. The same seed and scale give the same marketplace on every
 * machine. Ids contain the seed, such as {@code job_seed-1-j17}; a node that is seeded uses them too.
 */
public record Marketplace(
        long seed, List<SeedUser> users, List<SeedGig> gigs, List<SeedJob> jobs, RelevanceJudgements judgements) {
    private static final int FREELANCERS = 1_200;
    private static final int CLIENTS = 320;
    private static final int GIGS = 1_800;
    private static final int JOBS = 900;

    public Marketplace {
        users = List.copyOf(users);
        gigs = List.copyOf(gigs);
        jobs = List.copyOf(jobs);
    }

    /** @param percent the size in percent of the full size; every field has at least one freelancer, gig and job */
    public static Marketplace generate(long seed, int percent) {
        return new Generator(seed, percent, SeedSources.load()).generate();
    }

    /** Hand-written search texts with the field that is meant; the same for every seed. */
    public static List<SeedQuery> queries() {
        return SeedSources.load().queries();
    }

    /** The slugs of all fields. */
    public static List<String> fields() {
        return SeedSources.load().fields().stream().map(WorkField::slug).toList();
    }

    private static final class Generator {
        private final long seed;
        private final int percent;
        private final SeedSources sources;
        private final Map<String, WorkField> bySlug;
        private final Map<String, RelevanceJudgements.Topic> topics = new LinkedHashMap<>();
        private final Set<String> texts = new HashSet<>();

        Generator(long seed, int percent, SeedSources sources) {
            this.seed = seed;
            this.percent = percent;
            this.sources = sources;
            this.bySlug = sources.fields().stream().collect(Collectors.toMap(WorkField::slug, Function.identity()));
        }

        Marketplace generate() {
            var generator = new UserGenerator(sources, seed);
            int clients = Math.max(1, CLIENTS * percent / 100);
            var freelancers = all(size(FREELANCERS), i -> freelancer(generator, i));
            var byField = freelancers.stream()
                    .collect(Collectors.groupingBy(
                            it -> requireNonNull(topics.get(it.id())).field()));
            var gigs = all(size(GIGS), i -> gig(byField, i));
            var jobs = all(size(JOBS), i -> job(clients, i));
            var users = IntStream.range(0, clients)
                    .mapToObj(i -> generator.client(clientId(i), i))
                    .collect(Collectors.toCollection(() -> new ArrayList<>(freelancers)));
            var related = bySlug.values().stream().collect(Collectors.toMap(WorkField::slug, WorkField::related));
            return new Marketplace(seed, users, gigs, jobs, new RelevanceJudgements(topics, related));
        }

        private int size(int fullSize) {
            return Math.max(sources.fields().size(), fullSize * percent / 100);
        }

        private static <T> List<T> all(int count, IntFunction<T> generate) {
            return IntStream.range(0, count).mapToObj(generate).toList();
        }

        private WorkField field(int i) {
            return sources.fields().get(i % sources.fields().size());
        }

        private String clientId(int i) {
            return "acc_seed-" + seed + "-c" + i;
        }

        private SeedUser freelancer(UserGenerator generator, int i) {
            var id = "acc_seed-" + seed + "-f" + i;
            var field = field(i);
            return unique(
                    attempt -> {
                        var values =
                                new DocumentValues(sources, field, SeededRandom.of(seed, "freelancer", i, attempt));
                        var second = values.secondField(bySlug);
                        topics.put(id, new RelevanceJudgements.Topic(field.slug(), second.map(WorkField::slug)));
                        return generator.freelancer(id, i, SeedUser.Profile.generate(second, values));
                    },
                    it -> it.profile().orElseThrow().bio());
        }

        private SeedGig gig(Map<String, List<SeedUser>> freelancers, int i) {
            var id = "gig_seed-" + seed + "-g" + i;
            var field = field(i);
            topics.put(id, new RelevanceJudgements.Topic(field.slug(), Optional.empty()));
            return unique(
                    attempt -> {
                        var values = new DocumentValues(sources, field, SeededRandom.of(seed, "gig", i, attempt));
                        var freelancer = values.pick(requireNonNull(freelancers.get(field.slug())));
                        return SeedGig.generate(id, freelancer.id(), values);
                    },
                    SeedGig::description);
        }

        private SeedJob job(int clients, int i) {
            var id = "job_seed-" + seed + "-j" + i;
            var field = field(i);
            topics.put(id, new RelevanceJudgements.Topic(field.slug(), Optional.empty()));
            return unique(
                    attempt -> {
                        var random = SeededRandom.of(seed, "job", i, attempt);
                        var values = new DocumentValues(sources, field, random);
                        return SeedJob.generate(id, clientId(random.nextInt(clients)), values);
                    },
                    SeedJob::description);
        }

        /** Generates until the text is different from all earlier ones. */
        private <T> T unique(IntFunction<T> generate, Function<T, String> text) {
            for (int attempt = 0; ; attempt++) {
                var document = generate.apply(attempt);
                if (texts.add(text.apply(document))) return document;
            }
        }
    }
}
