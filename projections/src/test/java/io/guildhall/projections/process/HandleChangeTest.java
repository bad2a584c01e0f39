package io.guildhall.projections.process;

import static io.guildhall.projections.process.UserActions.newId;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.Await;
import io.guildhall.actors.Outcome;
import io.guildhall.domain.handle.Handle;
import io.guildhall.domain.handle.HandleCommand.Claim;
import io.guildhall.domain.handle.HandleCommand.Reserve;
import io.guildhall.domain.handle.HandleEvent;
import io.guildhall.domain.handle.HandleRejection;
import io.guildhall.domain.profile.Profile;
import io.guildhall.domain.profile.ProfileCommand;
import io.guildhall.domain.profile.ProfileEvent;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A node that goes down at a step of a change of a handle: the change is completed, or has no effect. */
class HandleChangeTest {
    private static final Crash CRASH = new Crash();
    private static ProcessFixture fixture;
    private final String account = newId("acc");
    private final String name = account.replace("acc_", "").substring(8);
    private final String former = "a-" + name;
    private final String wanted = "b-" + name;

    @BeforeAll
    static void open() throws Exception {
        fixture = new ProcessFixture(CRASH);
    }

    @AfterAll
    static void close() {
        fixture.close();
    }

    private void createProfile() {
        fixture.execute(Handle.AGGREGATE, Handle.id(former), new Claim(account, former));
        fixture.execute(Profile.AGGREGATE, account, new ProfileCommand.Create(former, "Ann", "DE"));
    }

    private void reserve(String handle) {
        fixture.execute(Handle.AGGREGATE, Handle.id(handle), new Reserve(account, handle));
    }

    private static Handle handle(String handle) {
        return fixture.state(Handle.AGGREGATE, Handle.id(handle));
    }

    private Profile.Created profile() {
        return (Profile.Created) fixture.state(Profile.AGGREGATE, account);
    }

    private void awaitChanged() {
        Await.until(() -> {
            assertThat(profile().handle()).isEqualTo(wanted);
            assertThat(handle(wanted))
                    .isInstanceOfSatisfying(
                            Handle.Owned.class, it -> assertThat(it.accountId()).isEqualTo(account));
            assertThat(handle(former))
                    .isInstanceOfSatisfying(
                            Handle.Redirecting.class,
                            it -> assertThat(it.accountId()).isEqualTo(account));
        });
    }

    @ParameterizedTest
    @CsvSource({"reserved, false", "reserved, true", "changed, false", "changed, true"})
    void changeIsCompletedAfterACrash(String step, boolean hasSent) {
        createProfile();
        var event = step.equals("reserved") ? HandleEvent.Reserved.class : ProfileEvent.HandleChanged.class;
        CRASH.at(fixture, event, hasSent, () -> reserve(wanted));
        awaitChanged();
        assertThat(fixture.events(Profile.AGGREGATE, account)).hasSize(2);
        assertThat(fixture.attempt(Handle.AGGREGATE, Handle.id(former), new Reserve(newId("acc"), former)))
                .as("the former handle is not given to another account")
                .isEqualTo(new Outcome.Rejected<>(HandleRejection.TAKEN));
    }

    @ParameterizedTest
    @CsvSource({"false", "true"})
    void reservationIsCancelledIfTheProfileRejectsIt(boolean hasSent) {
        createProfile();
        reserve(wanted);
        awaitChanged();
        var second = "c-" + name;
        CRASH.at(fixture, HandleEvent.Reserved.class, hasSent, () -> reserve(second));
        Await.until(() -> assertThat(handle(second)).isInstanceOf(Handle.Free.class));
        assertThat(profile().handle()).isEqualTo(wanted);
        assertThat(handle(wanted)).isInstanceOf(Handle.Owned.class);
    }
}
