package dev.cortado.runtime.net.group;

import dev.cortado.runtime.net.address.Ipv6;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.wire.GroupMessage;
import java.nio.ByteBuffer;

/**
 * What a querier asks.
 *
 * @param age how much older than the newest version of its protocol it is
 * @param high the group's address; unspecified in a general query
 * @param answerTime nanoseconds in which to answer
 * @param robustness how often to repeat; 0 if it does not say
 * @param interval seconds between its queries; 0 if it does not say
 * @param sources where the sources lie in {@code bytes}, {@code count} of them
 */
record GroupQuery(
        int age,
        long high,
        long low,
        long answerTime,
        int robustness,
        int interval,
        ByteBuffer bytes,
        int sources,
        int count) {
    /**
     * Reads what follows the group in a query of the newest version; older ones have nothing there.
     *
     * @param end where that is
     * @param addressBytes of a source
     * @return null if it makes no sense
     */
    static GroupQuery read(
            PacketBuffer packet,
            int end,
            int addressBytes,
            int age,
            long high,
            long low,
            long answerTime) {
        ByteBuffer bytes = packet.bytes();
        int first = end + GroupMessage.QUERY_END_BYTES;
        if (age != QuerierAge.MODERN) {
            return new GroupQuery(age, high, low, answerTime, 0, 0, bytes, first, 0);
        }
        int sources = GroupMessage.querySources(bytes, end);
        boolean isGeneral = Ipv6.isUnspecified(high, low);
        if (sources > 0 && (isGeneral || sources > (packet.end() - first) / addressBytes)) {
            return null;
        }
        int robustness = GroupMessage.robustness(bytes, end);
        int interval = GroupMessage.queryInterval(bytes, end);
        return new GroupQuery(
                age, high, low, answerTime, robustness, interval, bytes, first, sources);
    }
}
