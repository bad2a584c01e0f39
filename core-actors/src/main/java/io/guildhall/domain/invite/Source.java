package io.guildhall.domain.invite;

import io.guildhall.domain.gig.GigPackage.Tier;
import io.guildhall.kernel.Personal;
import java.util.Optional;

/**
 * The job that an invite refers to, or the package of a gig that the client orders.
 *
 * @param title of the job or gig when the invite was sent
 */
public record Source(
        Optional<String> jobId,
        Optional<String> gigId,
        Optional<Tier> tier,
        @Personal(of = {"clientId", "freelancerId"}) String title) {
    public static Source job(String jobId, String title) {
        return new Source(Optional.of(jobId), Optional.empty(), Optional.empty(), title);
    }

    public static Source order(String gigId, Tier tier, String title) {
        return new Source(Optional.empty(), Optional.of(gigId), Optional.of(tier), title);
    }
}
