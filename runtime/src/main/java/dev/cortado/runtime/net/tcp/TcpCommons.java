package dev.cortado.runtime.net.tcp;

import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.ip.IpOutput;
import dev.cortado.runtime.net.random.SipHash;
import dev.cortado.runtime.net.tcp.memory.ChunkPool;
import dev.cortado.runtime.net.tcp.sequence.InitialSequenceNumbers;
import dev.cortado.runtime.net.time.TimerQueue;
import java.util.random.RandomGenerator;

/** What all connections of a stack share. */
final class TcpCommons {
    final TcpSettings settings;
    final IpOutput output;
    final TimerQueue timers;
    final DropCounters drops;
    final ChunkPool chunks;
    final ConnectionTable table;
    final TimeWaits timeWaits;
    final ResetSender resets;
    final PerSecondLimit challengeLimit;
    private final InitialSequenceNumbers initialSequenceNumbers;
    private final SipHash timestampOffsets;

    TcpCommons(
            TcpSettings settings,
            IpOutput output,
            TimerQueue timers,
            DropCounters drops,
            RandomGenerator random) {
        this.settings = settings;
        this.output = output;
        this.timers = timers;
        this.drops = drops;
        this.chunks = new ChunkPool(settings.chunks, settings.keptChunks);
        this.table = new ConnectionTable(settings.maximumConnections, key(random));
        this.timeWaits = new TimeWaits(this);
        this.resets = new ResetSender(output, new PerSecondLimit(settings.resets));
        this.challengeLimit = new PerSecondLimit(settings.challenges);
        this.initialSequenceNumbers = new InitialSequenceNumbers(key(random));
        this.timestampOffsets = key(random);
    }

    static SipHash key(RandomGenerator random) {
        return new SipHash(random.nextLong(), random.nextLong());
    }

    int initialSequence(TableEntry entry, long now) {
        return initialSequenceNumbers.next(
                now,
                entry.localHigh,
                entry.localLow,
                entry.remoteHigh,
                entry.remoteLow,
                entry.localPort << 16 | entry.remotePort);
    }

    /**
     * The same for each connection between the same addresses and ports, so that timestamps go on
     * from one to the next, and different for others (RFC 7323, 7.1).
     */
    int timestampOffset(TableEntry entry) {
        return (int)
                timestampOffsets.hash(
                        entry.localHigh,
                        entry.localLow,
                        entry.remoteHigh,
                        entry.remoteLow,
                        (long) entry.localPort << 16 | entry.remotePort);
    }
}
