package io.guildhall.http.endpoint;

import io.guildhall.domain.account.Role;
import java.util.Set;

/**
 * The account that sends a request, as its access token says.
 *
 * @param id the account id, {@code acc_…}
 * @param session the session that the token was issued in
 */
public record Caller(String id, String session, Set<Role> roles) {}
