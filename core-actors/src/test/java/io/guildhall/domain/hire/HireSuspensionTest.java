package io.guildhall.domain.hire;

import static io.guildhall.domain.hire.Hire.AGGREGATE;
import static io.guildhall.domain.hire.HireRejection.COUNTERPART_SUSPENDED;
import static io.guildhall.domain.hire.HireTest.*;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;

import io.guildhall.domain.hire.HireCommand.*;
import io.guildhall.domain.hire.HireEvent.*;
import org.junit.jupiter.api.Test;

class HireSuspensionTest {
    @Test
    void isNotAgreedOnWhileOneSideIsSuspended() {
        for (var suspended : new String[] {CLIENT, FREELANCER})
            for (var start : new Start[] {BY_PROPOSAL, BY_INVITE, BY_ORDER})
                given(AGGREGATE, new Started(details(start), start.terms(), NOW))
                        .whileSuspended(suspended)
                        .when(new Agree(TERMS))
                        .thenRejected(COUNTERPART_SUSPENDED)
                        .when(new Refuse("account-suspended"))
                        .then(new Failed(details(start), HireFailure.REFUSED, "account-suspended", NOW));
    }

    @Test
    void isCompletedOnceItIsAgreedOn() {
        given(AGGREGATE, STARTED, AGREED)
                .whileSuspended(CLIENT, FREELANCER)
                .when(new Agree(TERMS))
                .thenNothingChanges()
                .when(new Complete())
                .then(SUCCEEDED);
    }
}
