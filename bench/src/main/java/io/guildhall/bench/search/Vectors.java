package io.guildhall.bench.search;

/** Vectors of length one, and pgvector's way of writing them. */
final class Vectors {
    private Vectors() {}

    static float[] of(String literal) {
        var parts = literal.substring(1, literal.length() - 1).split(",");
        var vector = new float[parts.length];
        for (int d = 0; d < vector.length; d++) vector[d] = Float.parseFloat(parts[d]);
        return vector;
    }

    static String literal(float[] vector) {
        var text = new StringBuilder(vector.length * 9).append('[');
        for (int d = 0; d < vector.length; d++)
            text.append(d == 0 ? "" : ",").append(Math.round(vector[d] * 1e5f) / 1e5f);
        return text.append(']').toString();
    }

    /** The one with some of the other in it, as a text that speaks of both. */
    static float[] mixed(float[] one, float[] other, double share) {
        var mixed = new float[one.length];
        double squares = 0;
        for (int d = 0; d < one.length; d++) {
            mixed[d] = (float) (one[d] * (1 - share) + other[d] * share);
            squares += mixed[d] * mixed[d];
        }
        for (int d = 0; d < one.length; d++) mixed[d] /= (float) Math.sqrt(squares);
        return mixed;
    }
}
