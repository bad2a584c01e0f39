package io.guildhall.http.endpoint;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;

/** Writes decimals (scores, rates, shares and means) with at most four decimal places. Amounts are whole numbers. */
final class DecimalSerializer extends StdScalarSerializer<Number> {
    private static final long serialVersionUID = 1L;
    private static final double PRECISION = 10_000;

    DecimalSerializer() {
        super(Number.class);
    }

    @Override
    public void serialize(Number value, JsonGenerator generator, SerializerProvider provider) throws IOException {
        generator.writeNumber(Math.rint(value.doubleValue() * PRECISION) / PRECISION);
    }
}
