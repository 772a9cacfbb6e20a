package dev.cortado.runtime.jdk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.cortado.runtime.socket.SocketOption;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers from Linux's asm-generic/socket.h, linux/in.h, in6.h and tcp.h. */
class SocketOptionsTest {
    @ParameterizedTest
    @CsvSource({
        "1,  2, REUSE_ADDRESS", // SOL_SOCKET, SO_REUSEADDR
        "1,  6, BROADCAST",
        "1,  7, SEND_BUFFER",
        "1,  8, RECEIVE_BUFFER",
        "1,  9, KEEP_ALIVE",
        "1, 10, URGENT_IN_LINE",
        "1, 13, LINGER",
        "1, 15, REUSE_PORT",
        "6,  1, NO_DELAY", // IPPROTO_TCP
        "0,  1, TRAFFIC_CLASS", // IPPROTO_IP, IP_TOS
        "0, 32, MULTICAST_INTERFACE",
        "0, 33, MULTICAST_HOPS",
        "0, 34, MULTICAST_LOOP",
        "41, 17, MULTICAST_INTERFACE", // IPPROTO_IPV6
        "41, 18, MULTICAST_HOPS",
        "41, 19, MULTICAST_LOOP",
        "41, 67, TRAFFIC_CLASS" // IPV6_TCLASS
    })
    void anOptionHasItsNumber(int level, int name, SocketOption option) {
        assertEquals(option, SocketOptions.of(level, name));
    }

    @ParameterizedTest
    @CsvSource({"1, 3", "1, 0", "6, 2", "0, 2", "41, 1", "17, 1", "-1, -1"})
    void othersHaveNone(int level, int name) {
        assertNull(SocketOptions.of(level, name));
    }
}
