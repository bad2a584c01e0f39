package io.guildhall.projections.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class OffsetSessionTest {
    private final Semaphore permits = new Semaphore(1);

    private static <T> T proxy(Class<T> type, java.lang.reflect.InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }

    @Test
    void returnsThePermitIfNoConnectionOpens() {
        var database = proxy(DataSource.class, (_, _, _) -> {
            throw new OutOfMemoryError("a test");
        });
        assertThatThrownBy(() -> OffsetSession.open(database, permits)).isInstanceOf(OutOfMemoryError.class);
        assertThat(permits.availablePermits()).isEqualTo(1);
    }

    @Test
    void returnsPermitAndConnectionIfTheTransactionDoesNotStart() {
        var closed = new AtomicInteger();
        var connection = proxy(Connection.class, (_, method, _) -> {
            if (!method.getName().equals("close")) throw new IllegalStateException("a test");
            return closed.incrementAndGet() == 0;
        });
        var database = proxy(DataSource.class, (_, _, _) -> connection);
        assertThatThrownBy(() -> OffsetSession.open(database, permits)).isInstanceOf(IllegalStateException.class);
        assertThat(permits.availablePermits()).isEqualTo(1);
        assertThat(closed).hasValue(1);
    }
}
