package io.guildhall.domain.profile;

import static io.guildhall.domain.profile.Profile.AGGREGATE;
import static io.guildhall.domain.profile.ProfileRejection.*;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;
import static io.guildhall.testing.ProfileBuilder.aProfile;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.guildhall.domain.profile.ProfileCommand.*;
import io.guildhall.domain.profile.ProfileEvent.*;
import io.guildhall.given.CommandSequence;
import io.guildhall.given.CommandSequence.Step;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class ProfileTest {
    static final ProfileDetails BOATS = aProfile().withHeadline("Boats").build();
    static final ProfileDetails SAILS = aProfile().withHeadline("Sails").build();
    static final ProfileEvent CREATED = new Created("ann", "Ann", "DE", NOW);

    @Test
    void isCreatedOnceAndKeepsItsHandle() {
        given(AGGREGATE)
                .when(new Create("ann", "Ann", "DE"))
                .then(CREATED)
                .when(new Create("ann-2", "Ann", "DE"))
                .thenNothingChanges();
        given(AGGREGATE).when(new Edit(1, BOATS)).thenRejected(NO_PROFILE);
    }

    @Test
    void rejectsEditOfOutdatedRevision() {
        given(AGGREGATE, CREATED)
                .when(new Edit(1, BOATS))
                .then(new Edited(BOATS, NOW))
                .when(new Edit(1, SAILS))
                .thenRejected(REVISION_MISMATCH)
                .when(new Edit(2, BOATS))
                .thenNothingChanges()
                .when(new Edit(2, SAILS))
                .then(new Edited(SAILS, NOW));
    }

    @Test
    void changesItsHandleOnceIn30Days() {
        var soon = NOW.plus(Profile.HANDLE_CHANGE_INTERVAL).minusMillis(1);
        var later = NOW.plus(Profile.HANDLE_CHANGE_INTERVAL);
        given(AGGREGATE, CREATED)
                .when(new ChangeHandle("annie", NOW))
                .then(new HandleChanged("ann", "annie", NOW, NOW))
                .when(new ChangeHandle("ann-m", soon))
                .thenRejected(HANDLE_CHANGED_RECENTLY)
                .when(new ChangeHandle("ann-m", later))
                .then(new HandleChanged("annie", "ann-m", later, NOW));
        given(AGGREGATE).when(new ChangeHandle("annie", NOW)).thenRejected(NO_PROFILE);
    }

    /** By the time of the reservation, not of the command. */
    @Test
    void repeatedChangesHaveTheSameResult() {
        var later = NOW.plus(Profile.HANDLE_CHANGE_INTERVAL);
        given(
                        AGGREGATE,
                        CREATED,
                        new HandleChanged("ann", "annie", NOW, NOW),
                        new HandleChanged("annie", "ann-m", later, later))
                .when(new ChangeHandle("ann-m", later))
                .thenNothingChanges()
                .when(new ChangeHandle("annie", NOW))
                .thenRejected(HANDLE_CHANGED_RECENTLY);
    }

    @Property
    void revisionCountsEdits(@ForAll("sequences") List<Step<ProfileCommand>> steps) {
        var result = CommandSequence.run(AGGREGATE, steps);
        if (result.state() instanceof Profile.Created shown)
            assertEquals(result.journal().size(), shown.revision());
        else assertEquals(List.of(), result.journal());
    }

    @Provide
    Arbitrary<List<Step<ProfileCommand>>> sequences() {
        return CommandSequence.random(COMMANDS);
    }

    static final List<ProfileCommand> COMMANDS = List.of(
            new Create("ann", "Ann", "DE"),
            new Edit(1, BOATS),
            new Edit(1, SAILS),
            new Edit(2, SAILS),
            new Edit(3, BOATS),
            new ChangeHandle("annie", NOW),
            new ChangeHandle("ann-m", NOW.plusSeconds(1)));

    @Test
    void commandsCoverEveryPhaseEventAndRejection() {
        CommandSequence.coversEverything(AGGREGATE, COMMANDS, Set.of());
    }
}
