package io.guildhall.http.endpoint;

import io.guildhall.domain.account.Role;
import java.util.Set;

/**
 * Who calls, as the access token says.
 *
 * @param id of the account, {@code acc_…}
 * @param address under which the account's entity is found
 * @param session that the token was issued in
 */
public record Caller(String id, String address, String session, Set<Role> roles) {}
