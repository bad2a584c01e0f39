package io.guildhall.domain.profile;

import static io.guildhall.domain.profile.Profile.AGGREGATE;
import static io.guildhall.domain.profile.ProfileRejection.*;
import static io.guildhall.given.Given.NOW;
import static io.guildhall.given.Given.given;
import static io.guildhall.testing.ProfileBuilder.aProfile;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.guildhall.domain.profile.ProfileCommand.*;
import io.guildhall.domain.profile.ProfileEvent.*;
import io.guildhall.given.Conversation;
import io.guildhall.given.Conversation.Said;
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
                .thenItIsSoAlready();
        given(AGGREGATE).when(new Edit(1, BOATS)).thenRefused(NO_PROFILE);
    }

    @Test
    void ofTwoEditsOfTheSameRevisionTheSecondIsRefused() {
        given(AGGREGATE, CREATED)
                .when(new Edit(1, BOATS))
                .then(new Edited(BOATS, NOW))
                .when(new Edit(1, SAILS))
                .thenRefused(CHANGED_MEANWHILE)
                .when(new Edit(2, BOATS))
                .thenItIsSoAlready()
                .when(new Edit(2, SAILS))
                .then(new Edited(SAILS, NOW));
    }

    @Property
    void theRevisionCountsTheEdits(@ForAll("conversations") List<Said<ProfileCommand>> said) {
        var held = Conversation.hold(AGGREGATE, said);
        if (held.state() instanceof Profile.Created shown)
            assertEquals(held.journal().size(), shown.revision());
        else assertEquals(List.of(), held.journal());
    }

    @Provide
    Arbitrary<List<Said<ProfileCommand>>> conversations() {
        return Conversation.random(VOCABULARY);
    }

    static final List<ProfileCommand> VOCABULARY = List.of(
            new Create("ann", "Ann", "DE"),
            new Edit(1, BOATS),
            new Edit(1, SAILS),
            new Edit(2, SAILS),
            new Edit(3, BOATS));

    @Test
    void nothingIsLeftUnsaid() {
        Conversation.reachesEverything(AGGREGATE, VOCABULARY, Set.of());
    }
}
