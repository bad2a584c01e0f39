package io.guildhall.projections.relay;

import io.guildhall.domain.account.Role;
import java.util.List;

/** Published events of accounts and public profiles. */
public sealed interface PublishedUser extends PublishedEvent {
    String userId();

    @Override
    default String key() {
        return userId();
    }

    /** The e-mail address of a new account was verified. */
    @PublishedName("user.joined")
    record Joined(String userId, String name, List<Role> roles) implements PublishedUser {}

    @PublishedName("user.suspended")
    record Suspended(String userId) implements PublishedUser {}

    @PublishedName("user.reinstated")
    record Reinstated(String userId) implements PublishedUser {}

    @PublishedName("user.profile-created")
    record ProfileCreated(String userId, String handle, String name) implements PublishedUser {}

    @PublishedName("user.profile-edited")
    record ProfileEdited(String userId) implements PublishedUser {}

    @PublishedName("user.handle-changed")
    record HandleChanged(String userId, String handle) implements PublishedUser {}
}
