package io.guildhall.http.route;

import static io.guildhall.domain.account.AccountRejection.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.guildhall.domain.account.AccountRejection;
import io.guildhall.http.endpoint.Problem;
import io.guildhall.http.route.admin.AdminProblems;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an admin or operator reads is about the other user, and says what to do. */
class AdminProblemsTest {
    private static final Map<AccountRejection, String> REMEDIES = Map.of(
            NOT_REGISTERED, "No such account.",
            SUSPENDED, "Lift the suspension first.",
            OWN_ACCOUNT, "Ask another admin.");

    @Test
    void saysWhatToDo() {
        REMEDIES.forEach(
                (rejection, remedy) -> assertThat(AdminProblems.of(rejection)).hasMessageEndingWith(remedy));
        assertThat(REMEDIES.keySet().stream().map(AdminProblems::of).map(Problem::code))
                .containsExactlyInAnyOrder("account-not-found", "account-suspended", "own-account");
    }

    @Test
    void hasNoProblemForWhatUsersDoThemselves() {
        assertThatThrownBy(() -> AdminProblems.of(WRONG_PASSWORD)).isInstanceOf(IllegalArgumentException.class);
    }
}
