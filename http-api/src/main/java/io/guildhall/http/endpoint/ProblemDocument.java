package io.guildhall.http.endpoint;

import io.guildhall.http.endpoint.Problem.FieldError;
import java.util.List;

/**
 * The body of an error response, RFC 9457.
 *
 * @param type {@code about:blank}: the title is the standard text of the status
 * @param code stable, for programs
 * @param detail for users: what is wrong and what to do
 * @param errors the wrong fields, for the codes {@code invalid} and {@code malformed}
 */
record ProblemDocument(
        String type,
        String title,
        int status,
        String code,
        String detail,
        String correlationId,
        List<FieldError> errors) {}
