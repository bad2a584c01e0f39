package io.guildhall.ai.job.match;

import io.guildhall.ai.port.Embedder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Vectors of length one in memory, searched exactly: each is compared. Never changes; any number of threads may search at once.
 *
 * <p>They lie in tiles, in each first the first numbers of all its vectors, then the second ones: so the processor compares eight
 * or more at a time. 34,000 vectors take some 5 ms.
 */
final class NearestVectors {
    private static final int TILE = 256;
    private static final int DIMENSION = Embedder.DIMENSION;

    private final int size;
    private final float[][] tiles;

    /** @param row place of the vector in the list that it came in */
    record Hit(int row, float similarity) {}

    NearestVectors(List<float[]> vectors) {
        this.size = vectors.size();
        this.tiles = new float[(size + TILE - 1) / TILE][DIMENSION * TILE];
        for (int row = 0; row < size; row++) {
            float[] vector = vectors.get(row);
            if (vector.length != DIMENSION)
                throw new IllegalArgumentException("vector " + row + " has dimension " + vector.length);
            for (int d = 0; d < DIMENSION; d++) tiles[row / TILE][d * TILE + row % TILE] = vector[d];
        }
    }

    /** The most similar first; of equally similar ones the one that came first. */
    List<Hit> top(float[] query, int limit) {
        var best = new Best(limit);
        float[] sums = new float[TILE];
        for (int tile = 0; tile < tiles.length; tile++) {
            int rows = Math.min(TILE, size - tile * TILE);
            similarities(query, tiles[tile], sums);
            for (int i = 0; i < rows; i++) best.offer(tile * TILE + i, sums[i]);
        }
        return best.hits();
    }

    private static void similarities(float[] query, float[] tile, float[] sums) {
        Arrays.fill(sums, 0);
        for (int d = 0; d < DIMENSION; d += 4) addFour(query, tile, d, sums);
    }

    /** Four numbers of the query at once, so that sums are fetched and stored a quarter as often. */
    private static void addFour(float[] query, float[] tile, int d, float[] sums) {
        float a = query[d], b = query[d + 1], c = query[d + 2], e = query[d + 3];
        int first = d * TILE, second = first + TILE, third = second + TILE, fourth = third + TILE;
        for (int i = 0; i < TILE; i++)
            sums[i] += a * tile[first + i] + b * tile[second + i] + c * tile[third + i] + e * tile[fourth + i];
    }

    /** The best so far, in order. Rows are offered in their order, so an equal one comes after. */
    private static final class Best {
        private final int[] rows;
        private final float[] similarities;
        private int count;

        Best(int limit) {
            rows = new int[limit];
            similarities = new float[limit];
        }

        void offer(int row, float similarity) {
            if (count == rows.length && (count == 0 || similarity <= similarities[count - 1])) return;
            int place = count == rows.length ? count - 1 : count++;
            for (; place > 0 && similarities[place - 1] < similarity; place--) {
                rows[place] = rows[place - 1];
                similarities[place] = similarities[place - 1];
            }
            rows[place] = row;
            similarities[place] = similarity;
        }

        List<Hit> hits() {
            List<Hit> hits = new ArrayList<>(count);
            for (int i = 0; i < count; i++) hits.add(new Hit(rows[i], similarities[i]));
            return hits;
        }
    }
}
