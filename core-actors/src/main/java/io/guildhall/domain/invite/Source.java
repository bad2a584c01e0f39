package io.guildhall.domain.invite;

import io.guildhall.domain.gig.GigPackage.Tier;
import java.util.Optional;

/**
 * What an invite is about: a job of the client's, or a package that the client orders of a gig.
 *
 * @param title of the job or the gig, as it was then
 */
public record Source(Optional<String> jobId, Optional<String> gigId, Optional<Tier> tier, String title) {
    public static Source job(String jobId, String title) {
        return new Source(Optional.of(jobId), Optional.empty(), Optional.empty(), title);
    }

    public static Source order(String gigId, Tier tier, String title) {
        return new Source(Optional.empty(), Optional.of(gigId), Optional.of(tier), title);
    }
}
