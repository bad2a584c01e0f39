package io.guildhall.domain.gig;

import static io.guildhall.domain.gig.Gig.AGGREGATE;
import static io.guildhall.domain.gig.GigRejection.*;
import static io.guildhall.domain.gig.GigTest.*;
import static io.guildhall.given.Given.given;

import io.guildhall.domain.gig.GigCommand.*;
import org.junit.jupiter.api.Test;

class GigSuspensionTest {
    @Test
    void suspendedFreelancerPausesAndArchivesOnly() {
        given(AGGREGATE).whileSuspended(OWNER).when(new Post(OWNER, LOGO, true)).thenRejected(CALLER_SUSPENDED);
        var suspended = given(AGGREGATE, POSTED, PUBLISHED).whileSuspended(OWNER);
        suspended.when(new Edit(OWNER, 1, OTHER)).thenRejected(CALLER_SUSPENDED);
        suspended
                .when(new Pause(OWNER))
                .then(PAUSED)
                .when(new Publish(OWNER))
                .thenRejected(CALLER_SUSPENDED)
                .when(new Archive(OWNER))
                .then(ARCHIVED);
    }
}
