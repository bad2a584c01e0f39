package io.guildhall.http.endpoint;

import io.guildhall.http.endpoint.Problem.Flaw;
import java.util.List;

/**
 * A problem as it is sent, RFC 9457.
 *
 * @param type {@code about:blank}, so that the title is the status's own
 * @param code stable, for programs
 * @param detail for people: what to do
 * @param errors what is wrong with which field, where that is what is wrong
 */
record ProblemDocument(
        String type, String title, int status, String code, String detail, String correlationId, List<Flaw> errors) {}
