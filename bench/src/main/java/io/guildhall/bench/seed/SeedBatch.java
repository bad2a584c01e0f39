package io.guildhall.bench.seed;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The body of one request {@code POST /guildhall/seed}: users with their profiles, gigs and jobs.
 *
 * @param users as JSON objects
 * @param documents the number of profiles, gigs and jobs
 */
record SeedBatch(List<Map<String, Object>> users, long documents) {

    static Map<String, Object> user(SeedUser user) {
        var json = new LinkedHashMap<String, Object>();
        json.put("id", user.id());
        json.put("email", user.email());
        json.put("name", user.name());
        json.put("country", user.country());
        json.put("roles", user.roles());
        user.profile().ifPresent(profile -> json.put("profile", profile));
        return json;
    }

    static SeedBatch of(List<SeedUser> users, Map<String, List<SeedGig>> gigs, Map<String, List<SeedJob>> jobs) {
        var json = users.stream()
                .map(user -> {
                    var whole = user(user);
                    whole.put("gigs", ofUser(gigs, user).map(SeedBatch::gig).toList());
                    whole.put("jobs", ofUser(jobs, user).map(SeedBatch::job).toList());
                    return whole;
                })
                .toList();
        long documents = users.stream()
                .mapToLong(user -> user.profile().stream().count()
                        + ofUser(gigs, user).count()
                        + ofUser(jobs, user).count())
                .sum();
        return new SeedBatch(json, documents);
    }

    private static <T> Stream<T> ofUser(Map<String, List<T>> documents, SeedUser user) {
        return documents.getOrDefault(user.id(), List.of()).stream();
    }

    private static Map<String, Object> gig(SeedGig gig) {
        return Map.of("id", gig.id(), "gig", gig.body());
    }

    private static Map<String, Object> job(SeedJob job) {
        return Map.of("id", job.id(), "job", job.body());
    }
}
