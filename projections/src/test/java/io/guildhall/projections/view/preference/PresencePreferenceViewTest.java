package io.guildhall.projections.view.preference;

import static io.guildhall.Await.result;
import static io.guildhall.projections.view.HireScenario.CLIENT;
import static io.guildhall.projections.view.HireScenario.allScenarios;
import static io.guildhall.projections.view.RoomScenario.HIDDEN;
import static io.guildhall.projections.view.RoomScenario.SHOWN;
import static org.assertj.core.api.Assertions.assertThat;

import io.guildhall.projections.view.ViewFixture;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PresencePreferenceViewTest {
    private static final ViewFixture FIXTURE = new ViewFixture();

    @Test
    void listsAccountsThatHideTheirPresence() {
        FIXTURE.apply(allScenarios().events());
        assertThat(result(FIXTURE.readModel.presencePreferences().hidden(Set.of(HIDDEN, SHOWN, CLIENT))))
                .containsExactly(HIDDEN);
    }
}
