package io.guildhall.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HeapInfoTest {
    @Test
    void readsTheUsedMemoryOfThisProcess() throws Exception {
        assertThat(Heap.megabytesAfterCollection(ProcessHandle.current().pid())).isBetween(1L, 2_000L);
    }

    @Test
    void addsTheGenerations() {
        assertThat(Heap.usedMegabytes("""
                DefNew     total 147456K, used 20480K [0x..., 0x...)
                 eden space 131072K,   8% used [0x..., 0x...)
                Tenured    total 65536K, used 30720K [0x..., 0x...)
                 the  space 65536K,  13% used [0x..., 0x...)
                 Metaspace       used 70000K, committed 71000K
                """)).isEqualTo(50);
    }
}
