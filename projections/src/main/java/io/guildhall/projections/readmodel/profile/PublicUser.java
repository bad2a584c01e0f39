package io.guildhall.projections.readmodel.profile;

import java.util.Optional;

/**
 * What everyone can see of a user wherever the user is named.
 *
 * @param picture the key of a file
 */
public record PublicUser(String accountId, String name, String handle, Optional<String> picture) {}
