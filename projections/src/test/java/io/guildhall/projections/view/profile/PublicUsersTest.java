package io.guildhall.projections.view.profile;

import static io.guildhall.Await.result;
import static io.guildhall.testing.ProfileBuilder.aProfile;
import static io.guildhall.testing.ShowcaseBuilder.aShowcase;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.domain.profile.Profile;
import io.guildhall.domain.profile.ProfileCommand;
import io.guildhall.domain.profile.ProfileCommand.ChangeHandle;
import io.guildhall.domain.profile.ProfileCommand.Create;
import io.guildhall.domain.profile.ProfileDetails;
import io.guildhall.projections.readmodel.profile.PublicUser;
import io.guildhall.projections.view.EventStory;
import io.guildhall.projections.view.ViewFixture;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PublicUsersTest {
    private static final ViewFixture FIXTURE = new ViewFixture();
    private static final String PICTURE = "acc_ann/picture/fil_1.png";

    private static List<PublicUser> after(ProfileCommand... commands) {
        var story = new EventStory();
        for (var it : commands) story.execute(Profile.AGGREGATE, "acc_ann", it);
        FIXTURE.apply(story.events());
        return result(FIXTURE.readModel.publicUsers().find(List.of("acc_ann", "acc_ben")));
    }

    private static ProfileDetails withPicture() {
        return aProfile().withShowcase(aShowcase().withPicture(PICTURE).build()).build();
    }

    @Test
    void showsNameHandleAndPictureWithTheirChanges() {
        var create = new Create("ann", "Ann", "DE");
        var show = new ProfileCommand.Edit(1, withPicture());
        var rename = new ChangeHandle("annie", Instant.EPOCH);
        var hide = new ProfileCommand.Edit(3, aProfile().withHeadline("Boats").build());
        assertThat(after(create)).containsExactly(new PublicUser("acc_ann", "Ann", "ann", Optional.empty()));
        assertThat(after(create, show)).containsExactly(new PublicUser("acc_ann", "Ann", "ann", Optional.of(PICTURE)));
        assertThat(after(create, show, rename))
                .containsExactly(new PublicUser("acc_ann", "Ann", "annie", Optional.of(PICTURE)));
        assertThat(after(create, show, rename, hide))
                .containsExactly(new PublicUser("acc_ann", "Ann", "annie", Optional.empty()));
    }
}
