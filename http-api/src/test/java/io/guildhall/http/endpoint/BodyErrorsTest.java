package io.guildhall.http.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.guildhall.http.text.Paragraphs;
import io.guildhall.http.text.SingleLine;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a caller reads about a wrong body: every error, each with the path of its field. */
class BodyErrorsTest {
    enum Glaze {
        BLUE,
        WHITE
    }

    record Cost(
            @Min(1) @Max(500) long amount,

            @NotNull @Pattern(regexp = Formats.COUNTRY) String currency) {}

    record Piece(@NotBlank String name, @Min(1) @Max(9) int count) {}

    record Pot(
            @NotBlank @SingleLine(max = 5) String title,
            @NotNull @Size(max = 2) List<@NotBlank @Paragraphs(max = 4) String> skills,
            @NotNull Glaze glaze,
            @NotNull @Valid Cost price,
            @NotEmpty @Size(max = 2) List<@NotNull @Valid Piece> pieces,
            boolean fired,
            Optional<@Min(1) @Max(30) Integer> days,
            @SingleLine(min = 3, max = 6) String code,
            LocalDate made) {}

    private static final String VALID = """
            {"title": "Jug", "skills": ["clay"], "glaze": "BLUE", "price": {"amount": 7, "currency": "DE"},
             "pieces": [{"name": "lid", "count": 1}], "fired": true, "days": 3, "code": "abc", "made": "2026-11-23"}""";

    private static Problem problem(byte[] body) {
        return catchThrowableOfType(Problem.class, () -> Json.read(body, Pot.class));
    }

    private static Problem problem(String body) {
        return problem(body.getBytes(StandardCharsets.UTF_8));
    }

    private static String errors(Problem problem) {
        return problem.errors().stream()
                .map(it -> it.field() + " " + it.message())
                .collect(Collectors.joining("; "));
    }

    @Test
    void readsAValidBody() {
        assertThat(Json.read(VALID.getBytes(StandardCharsets.UTF_8), Pot.class))
                .isEqualTo(new Pot(
                        "Jug",
                        List.of("clay"),
                        Glaze.BLUE,
                        new Cost(7, "DE"),
                        List.of(new Piece("lid", 1)),
                        true,
                        Optional.of(3),
                        "abc",
                        LocalDate.parse("2026-11-23")));
    }

    @Test
    void countsCharactersOfUnicode() {
        var emoji = VALID.replace("abc", "😀".repeat(6)).replace("clay", "a\\n😀");
        var pot = Json.read(emoji.getBytes(StandardCharsets.UTF_8), Pot.class);
        assertThat(pot.code()).isEqualTo("😀".repeat(6));
        assertThat(pot.skills()).containsExactly("a\n😀");
    }

    record Scores(double score, Optional<Double> share, List<Double> all) {}

    @Test
    void writesDecimalsWithFourPlaces() {
        var written = new String(
                Json.write(new Scores(0.1 * 0.6, Optional.of(2.0 / 3), List.of(0.00004, 1.0, -0.99996))),
                StandardCharsets.UTF_8);
        assertThat(written).isEqualTo("{\"score\":0.06,\"share\":0.6667,\"all\":[0.0,1.0,-1.0]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // Missing: all kinds of fields alike.
                "'\"title\": \"Jug\", '            | ''                        | 422 | title is required",
                "'\"amount\": 7, '                 | ''                        | 422 | price.amount is required",
                "'\"amount\": 7'                   | '\"amount\": null'        | 422 | price.amount is required",
                "'\"fired\": true, '               | ''                        | 422 | fired is required",
                "', \"count\": 1'                  | ''                        | 422 | pieces[0].count is required",
                "'\"glaze\": \"BLUE\", '           | ''                        | 422 | glaze is required",
                "'[{\"name\": \"lid\", \"count\": 1}]' | null                  | 422 | pieces is required",
                // Out of bounds.
                "'\"amount\": 7'                   | '\"amount\": 501'         | 422 | price.amount must be at most 500",
                "'\"amount\": 7'                   | '\"amount\": 9999999999999999999' | 422 | price.amount must be from 1 to 500",
                "'\"count\": 1'                    | '\"count\": 2147483648'   | 422 | pieces[0].count must be from 1 to 9",
                "'\"days\": 3'                     | '\"days\": -2147483649'   | 422 | days must be from 1 to 30",
                "'\"days\": 3'                     | '\"days\": 31'            | 422 | days must be at most 30",
                "Jug                               | Jugged                    | 400 | title must be at most 5 characters",
                "Jug                               | ' '                       | 422 | title must not be empty",
                "clay                              | 'stone'                   | 400 | skills[0] must be at most 4 characters",
                "'[\"clay\"]'                      | '[\"a\", \"b\", \"c\"]'   | 422 | skills must have at most 2 items",
                "'[{\"name\": \"lid\", \"count\": 1}]' | []                    | 422 | pieces must not be empty",
                "abc                               | ab                        | 422 | code must be 3 to 6 characters",
                "DE                               | de                       | 422 | price.currency must be an ISO 3166-1 country code in upper case, such as DE",
                "abc                               | abcdefg                   | 400 | code must be 3 to 6 characters",
                "abc                               | 😀😀                      | 422 | code must be 3 to 6 characters",
                "abc                               | ab\\nc                    | 400 | 'code must be one line, without tabs and line breaks'",
                "abc                               | ab\\tc                    | 400 | 'code must be one line, without tabs and line breaks'",
                "abc                               | ab\u2028c                 | 400 | 'code must be one line, without tabs and line breaks'",
                // Another structure.
                "'\"Jug\"'                         | 5                         | 400 | title must be text",
                "'\"Jug\"'                         | '[\"Jug\"]'               | 400 | title must be text",
                "'\"Jug\"'                         | '\"J\\u0000g\"'           | 400 | title must not contain the control character U+0000 (NULL)",
                "'\"clay\"'                        | 5                         | 400 | skills[0] must be text",
                "'[\"clay\"]'                      | '\"clay\"'                | 400 | skills must be a list",
                "'\"amount\": 7'                   | '\"amount\": \"7\"'       | 400 | price.amount must be a whole number",
                "'\"amount\": 7'                   | '\"amount\": 7.5'         | 400 | price.amount must be a whole number",
                "'\"days\": 3'                     | '\"days\": {\"a\": [1]}'  | 400 | days must be a whole number",
                "'\"fired\": true'                 | '\"fired\": \"true\"'     | 400 | fired must be true or false",
                "BLUE                              | GREEN                     | 422 | 'glaze must be one of BLUE, WHITE'",
                "'\"BLUE\"'                        | 0                         | 400 | 'glaze must be one of BLUE, WHITE'",
                "2026-11-23                        | yesterday                 | 400 | made must be a date such as 2026-11-23",
                "'\"amount\": 7, \"currency\": \"DE\"' | '[]'                 | 400 | ''",
                "'{\"name\": \"lid\", \"count\": 1}' | 5                       | 400 | pieces[0] must be a JSON object"
            })
    void namesTheFieldAndWhatItMustBe(String part, String replacement, int status, String error) {
        var body = VALID.replace(part, replacement);
        assertThat(body).isNotEqualTo(VALID);
        var problem = problem(body);
        assertThat(problem.status()).isEqualTo(status);
        assertThat(problem.code()).isEqualTo(status == 400 ? "malformed" : "invalid");
        if (error.isEmpty()) return;
        assertThat(errors(problem)).isEqualTo(error);
        if (status == 400) assertThat(problem).hasMessage(error + ".");
    }

    @Test
    void namesUnknownFieldsBesideWhatIsMissing() {
        var problem = problem(VALID.replace("\"amount\"", "\"minorUnits\""));
        assertThat(problem.status()).isEqualTo(400);
        assertThat(errors(problem))
                .isEqualTo("price.amount is required; price.minorUnits is unknown; known fields: amount, currency");
    }

    @Test
    void listsAllErrorsAtOnce() {
        var problem = problem("""
                {"title": 5, "skills": ["clay", 7, "stone"], "glaze": "GREEN", "price": {"amount": 0, "currency": "euro", "x": {"y": [1]}},
                 "pieces": [{"name": ""}, 3], "fired": "no", "days": 99, "made": 3.5}""");
        assertThat(problem).hasMessageStartingWith("The body has errors; they are listed under errors. The first: ");
        assertThat(problem.errors().stream().map(Problem.FieldError::field))
                .containsExactly(
                        "days",
                        "fired",
                        "glaze",
                        "made",
                        "pieces[0].count",
                        "pieces[0].name",
                        "pieces[1]",
                        "price.amount",
                        "price.currency",
                        "price.x",
                        "skills",
                        "skills[1]",
                        "skills[2]",
                        "title");
    }

    @Test
    void listsAtMost20Errors() {
        var many = "5,".repeat(100) + "5";
        assertThat(problem(VALID.replace("\"clay\"", many)).errors()).hasSize(20);
    }

    @Test
    void saysWhatIsWrongWithTheWholeBody() {
        assertThat(problem("null")).hasMessage("The body must be a JSON object.");
        assertThat(problem("[]")).hasMessage("The body must be a JSON object.");
        assertThat(problem("7")).hasMessage("The body must be a JSON object.");
        assertThat(problem("{")).hasMessageStartingWith("The body is not valid JSON");
        assertThat(problem("{\"title\": \"Jug").errors()).isEmpty();
        assertThat(problem(VALID.replace("Jug", "J\u00fcg").getBytes(StandardCharsets.ISO_8859_1)))
                .hasMessage("The body is not valid UTF-8.");
        assertThat(problem(VALID.getBytes(StandardCharsets.UTF_16))).hasMessage("The body is not valid UTF-8.");
    }
}
