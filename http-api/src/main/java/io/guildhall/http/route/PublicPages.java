package io.guildhall.http.route;

import io.guildhall.domain.account.Role;
import io.guildhall.http.endpoint.Caller;
import io.guildhall.port.SuspendedAccounts;
import java.util.Optional;

/**
 * Who can read the public page of a profile, gig or job: everyone, unless its owner is suspended. Then it is not found,
 * except by the owner, by admins, and a job by the freelancers who have applied or were invited. Contracts, rooms and what else two parties share are not public, and stay readable.
 */
public record PublicPages(SuspendedAccounts suspended) {
    public boolean isVisible(String ownerId, Optional<Caller> reader) {
        return !suspended.contains(ownerId)
                || reader.filter(it -> it.id().equals(ownerId) || it.roles().contains(Role.ADMIN))
                        .isPresent();
    }
}
