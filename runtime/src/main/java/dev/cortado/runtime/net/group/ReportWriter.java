package dev.cortado.runtime.net.group;

import dev.cortado.runtime.net.address.IpAddress;
import dev.cortado.runtime.net.buffer.PacketBuffer;
import dev.cortado.runtime.net.count.DropCounters;
import dev.cortado.runtime.net.count.DropReason;
import dev.cortado.runtime.net.ip.IpLayer;
import dev.cortado.runtime.net.link.EthernetLink;
import dev.cortado.runtime.net.wire.GroupMessage;
import java.nio.ByteBuffer;
import java.util.List;

/** Puts records into reports, as many into one as go over the link, and sends them. */
final class ReportWriter {
    private final IpLayer ip;
    private final DropCounters drops;
    private final EthernetLink link;
    private final GroupProtocol protocol;
    private PacketBuffer report;
    private int records;
    private long now;

    ReportWriter(IpLayer ip, DropCounters drops, EthernetLink link, GroupProtocol protocol) {
        this.ip = ip;
        this.drops = drops;
        this.link = link;
        this.protocol = protocol;
    }

    void begin(long time) {
        now = time;
    }

    /** Adds a record of a group with some sources, which fit into one report. */
    void record(int kind, long high, long low, List<IpAddress> sources) {
        int length = GroupMessage.RECORD_BYTES + protocol.addressBytes() * (1 + sources.size());
        if (report != null && length > room()) {
            end();
        }
        if (report == null && !open(length)) {
            return;
        }
        ByteBuffer bytes = report.bytes();
        int at = report.append(length);
        GroupMessage.writeRecord(bytes, at, kind, sources.size());
        at = address(bytes, at + GroupMessage.RECORD_BYTES, high, low);
        for (int i = 0; i < sources.size(); i++) {
            at = address(bytes, at, sources.get(i).high(), sources.get(i).low());
        }
        records++;
    }

    private int room() {
        int most = link.mtu() - protocol.headerBytes();
        return Math.min(most - report.length(), report.tailRoom());
    }

    /** Begins a report; says whether there was a buffer for it. */
    private boolean open(int length) {
        report = ip.take();
        records = 0;
        if (report == null) {
            drops.count(DropReason.NO_BUFFER);
            return false;
        }
        if (GroupMessage.REPORT_BYTES + length > report.tailRoom()) {
            drops.drop(report, DropReason.FRAME_TOO_BIG);
            report = null;
            return false;
        }
        int at = report.append(GroupMessage.REPORT_BYTES);
        GroupMessage.writeReport(report.bytes(), at, protocol.reportType());
        return true;
    }

    private int address(ByteBuffer bytes, int at, long high, long low) {
        if (protocol.addressBytes() == Integer.BYTES) {
            bytes.putInt(at, (int) low);
        } else {
            bytes.putLong(at, high);
            bytes.putLong(at + Long.BYTES, low);
        }
        return at + protocol.addressBytes();
    }

    /** Sends what was not sent. */
    void end() {
        PacketBuffer last = report;
        report = null;
        if (last != null) {
            GroupMessage.setRecords(last.bytes(), last.start(), records);
            protocol.send(last, link, now);
        }
    }
}
