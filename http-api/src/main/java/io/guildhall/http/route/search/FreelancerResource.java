package io.guildhall.http.route.search;

import io.guildhall.http.route.profile.UserResource;
import io.guildhall.kernel.Money;
import io.guildhall.projections.readmodel.search.FreelancerRow;
import java.util.List;
import java.util.Optional;

/** A freelancer in a list, as any caller can see them. */
public record FreelancerResource(
        UserResource user, String country, String headline, List<String> skills, Optional<Money> hourlyRate) {
    static FreelancerResource fromRow(FreelancerRow row) {
        return new FreelancerResource(
                UserResource.of(row.id()), row.country(), row.headline(), row.skills(), row.hourlyRate());
    }
}
