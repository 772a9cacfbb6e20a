package dev.cortado.runtime.network;

import dev.cortado.kernel.monitor.MonitorText;
import dev.cortado.runtime.net.tcp.State;
import dev.cortado.runtime.net.tcp.TcpSurvey;
import dev.cortado.runtime.net.tcp.TcpTransport;
import dev.cortado.runtime.net.udp.UdpLayer;
import dev.cortado.runtime.net.udp.UdpSurvey;

/** What the monitor shows of sockets. */
final class SocketReport {
    /** Of each kind: nobody reads more, and a server may have a hundred thousand. */
    static final int MOST_LINES = 1000;

    private static final int FIRST = 14;
    private static final int SECOND = 24;
    private static final int THIRD = 34;
    private static final int LOCAL = 44;
    private static final int REMOTE = 66;

    private final TcpSurvey tcp = new TcpSurvey();
    private final UdpSurvey udp = new UdpSurvey();

    void show(NetworkText to, UdpLayer udpLayer, TcpTransport tcpTransport) {
        try {
            tcp.begin(tcpTransport);
            showListeners(to);
            showConnections(to);
            udp.begin(udpLayer);
            showUdp(to);
        } finally {
            tcp.end();
            udp.end();
        }
    }

    private void showListeners(NetworkText to) {
        boolean any = false;
        while (tcp.nextListener()) {
            if (!any) {
                heads(to.text(), "TCP", "waiting", "backlog", "half open").text("local").line();
                any = true;
            }
            row(
                    to.text().text("LISTEN"),
                    tcp.listenerWaiting(),
                    tcp.listenerBacklog(),
                    tcp.listenerHalfOpen());
            to.endpoint(tcp.listenerHigh(), tcp.listenerLow(), tcp.listenerPort()).line();
        }
    }

    private void showConnections(NetworkText to) {
        MonitorText text = to.text();
        int count = 0;
        while (tcp.nextConnection()) {
            if (count == 0) {
                heads(text, "TCP", "to send", "to read", "resent").text("local");
                text.column(REMOTE).text("remote").line();
            }
            if (count++ < MOST_LINES) {
                state(text, tcp.state());
                row(text, tcp.toSend(), tcp.toRead(), tcp.resent());
                to.endpoint(tcp.localHigh(), tcp.localLow(), tcp.localPort()).column(REMOTE);
                to.endpoint(tcp.remoteHigh(), tcp.remoteLow(), tcp.remotePort()).line();
            }
        }
        more(text, count);
        if (tcp.halfOpen() > 0) {
            text.text("TCP connections half open: ").number(tcp.halfOpen()).line();
        }
        if (tcp.timeWaits() > 0) {
            text.text("TCP connections in TIME-WAIT: ").number(tcp.timeWaits()).line();
        }
    }

    private void showUdp(NetworkText to) {
        MonitorText text = to.text();
        int count = 0;
        while (udp.next()) {
            if (count == 0) {
                heads(text, "UDP", "to read", "memory", "").text("local");
                text.column(REMOTE).text("remote").line();
            }
            if (count++ < MOST_LINES) {
                text.column(FIRST).number(udp.toRead()).column(SECOND).number(udp.bytesHeld());
                text.column(LOCAL);
                to.endpoint(udp.localHigh(), udp.localLow(), udp.localPort());
                if (udp.isConnected()) {
                    text.column(REMOTE);
                    to.endpoint(udp.remoteHigh(), udp.remoteLow(), udp.remotePort());
                }
                text.line();
            }
        }
        more(text, count);
    }

    private static void more(MonitorText text, int count) {
        if (count > MOST_LINES) {
            text.text("and ").number(count - MOST_LINES).text(" more").line();
        }
    }

    private static MonitorText heads(
            MonitorText text, String kind, String first, String second, String third) {
        text.text(kind).column(FIRST).text(first).column(SECOND).text(second).column(THIRD);
        return text.text(third).column(LOCAL);
    }

    private static void row(MonitorText text, long first, long second, long third) {
        text.column(FIRST).number(first).column(SECOND).number(second).column(THIRD);
        text.number(third).column(LOCAL);
    }

    /** As RFC 9293 writes them. */
    private static void state(MonitorText text, State state) {
        String name = state.name();
        for (int i = 0; i < name.length(); i++) {
            text.character(name.charAt(i) == '_' ? '-' : name.charAt(i));
        }
    }
}
