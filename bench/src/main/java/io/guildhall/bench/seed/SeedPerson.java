package io.guildhall.bench.seed;

import java.util.List;
import java.util.Optional;

/**
 * Somebody of the demo marketplace, a freelancer or a client.
 *
 * @param id of the account, the same in the running house
 * @param profile of freelancers
 */
public record SeedPerson(
        String id, String email, String name, String country, List<String> roles, Optional<Profile> profile) {

    public SeedPerson {
        roles = List.copyOf(roles);
    }

    public record Profile(String headline, String bio, List<String> skills, Price hourlyRate) {
        public Profile {
            skills = List.copyOf(skills);
        }
    }
}
