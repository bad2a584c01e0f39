package io.guildhall.bench.seed;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A freelancer or client of the demo marketplace.
 *
 * @param id of the account; also used by a node that is seeded
 * @param profile present for freelancers only
 */
public record SeedUser(
        String id, String email, String name, String country, List<String> roles, Optional<Profile> profile) {

    public SeedUser {
        roles = List.copyOf(roles);
    }

    public record Profile(String headline, String bio, List<String> skills, Price hourlyRate) {
        public Profile {
            skills = List.copyOf(skills);
        }

        static Profile generate(Optional<WorkField> secondField, DocumentValues values) {
            var skills = new ArrayList<>(values.skills(2 + values.random().nextInt(4)));
            secondField.ifPresent(it -> skills.add(it.skills().getFirst()));
            var rate = new Price(100L * values.between(values.field().rate()), values.currency());
            return new Profile(
                    values.texts().headline(),
                    values.texts().bio(secondField),
                    skills.stream().distinct().toList(),
                    rate);
        }
    }
}
