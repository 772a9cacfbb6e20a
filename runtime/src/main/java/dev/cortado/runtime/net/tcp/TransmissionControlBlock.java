package dev.cortado.runtime.net.tcp;

import dev.cortado.runtime.net.tcp.congestion.CongestionControl;
import dev.cortado.runtime.net.tcp.congestion.Cubic;
import dev.cortado.runtime.net.tcp.congestion.NewReno;
import dev.cortado.runtime.net.tcp.memory.ChunkPool;
import dev.cortado.runtime.net.tcp.memory.ReceiveBuffer;
import dev.cortado.runtime.net.tcp.memory.SendBuffer;
import dev.cortado.runtime.net.tcp.recovery.LossRecovery;
import dev.cortado.runtime.net.tcp.sequence.SequenceNumber;
import dev.cortado.runtime.net.tcp.timing.RoundTripTime;

/**
 * The variables of a connection (RFC 9293, 3.3.1). Sequence numbers are positions ({@link
 * SequenceNumber}), windows are bytes, times nanoseconds. The connection's lock is held by who
 * touches one.
 */
final class TransmissionControlBlock {
    static final long NEVER = Long.MAX_VALUE;
    static final long NO_POSITION = Long.MIN_VALUE;

    final TableEntry addresses;
    final TcpSettings settings;
    final RoundTripTime roundTripTime = new RoundTripTime();
    final CongestionControl congestion;
    final LossRecovery recovery;
    final SendBuffer send;
    final ChunkPool pool;

    /** Made when the other side's first sequence number is known. */
    ReceiveBuffer receive;

    /** Of the receive buffer at first. */
    int receiveLimit;

    State state = State.CLOSED;

    /** Why it is over; null if it is not, or both sides wanted it. */
    TcpError error;

    /** Bits of {@link ConnectionEvents}, to be told when the lock is given back. */
    int events;

    /** ISS. */
    final long initialSend;

    /** SND.UNA. */
    long unacknowledged;

    /** SND.NXT. */
    long sendNext;

    /** SND.WND, SND.WL1, SND.WL2. */
    long sendWindow;

    long windowSequence;
    long windowAcknowledgment;

    /** Max(SND.WND) (RFC 1122, 4.2.3.4). */
    long largestWindow;

    /** IRS. */
    long initialReceive;

    /** RCV.NXT; behind the FIN once that has come in its turn. */
    long receiveNext;

    /** Right edge of the window that was advertised: RCV.NXT + RCV.WND. It never goes back. */
    long receiveEdge;

    /**
     * The same as the other side was told, which is what the field of a scaled window can say: what
     * lies before it is taken (RFC 7323, 2.4).
     */
    long toldEdge;

    /** Both sides scale their windows. */
    boolean scaling;

    /** RFC 7323, 2: Snd.Wind.Shift and Rcv.Wind.Shift. */
    int sendScale;

    int receiveScale;

    boolean timestamps;

    /** TS.Recent, when it was set, and Last.ACK.sent (RFC 7323, 4.3). */
    int recentTimestamp;

    long recentTimestampAt;
    long lastAcknowledged;

    /** What is added to the clock's milliseconds (RFC 7323, 7.1). */
    int timestampOffset;

    private long latest = Long.MIN_VALUE;

    boolean selective;

    /** RFC 2883: what came twice and is to be reported; empty if both are equal. */
    long duplicateStart;

    long duplicateEnd;

    /** The other side's MSS option, or what counts without one. */
    int peerSegmentBytes;

    /** The MSS that we told. */
    int ownSegmentBytes;

    /** Bytes behind TCP's header that the path takes in one packet. */
    int pathSegmentBytes;

    /** Bytes of payload in a full segment to the other side. */
    int segmentBytes;

    /** Bytes of payload in what seem to be full segments of the other side. */
    int receiveSegmentBytes = 536;

    /** The program will write no more; a FIN follows what it has written. */
    boolean outputClosed;

    /** Where our FIN is, once it was sent. */
    long finPosition = NO_POSITION;

    /** Where the other side's is, once it came. */
    long peerFin = NO_POSITION;

    /** The program will read no more. */
    boolean inputClosed;

    /** The program has closed it. */
    boolean orphan;

    boolean noDelay;

    /** Behind the last segment sent that was not full (Minshall's variant of Nagle's rule). */
    long smallEnd = NO_POSITION;

    long smallSentAt;

    /** Whether the congestion window, not a lack of data, ended the last sending. */
    boolean congestionLimited;

    /** Position behind a byte sent as a window probe, which does not count as sent. */
    long probedTo = NO_POSITION;

    int persistCount;

    /** Segments that were sent again. */
    long resentSegments;

    /** RFC 3168, 6.1: both do it; marks are to be echoed; a reduction is to be told. */
    boolean ecn;

    boolean echoCongestion;
    boolean congestionReduced;

    /** An acknowledgement goes out at the end of what is being done. */
    boolean acknowledgeNow;

    /** The program answers what it gets: an acknowledgement can go with the answer. */
    boolean interactive;

    /** Until when an answer to what was acknowledged at once would have carried that as well. */
    long answerUntil = NEVER;

    /** How often in a row it would have. */
    int promptAnswers;

    /** When something acceptable came last, and when something sent was acknowledged last. */
    long lastHeardAt;

    long lastProgressAt;

    /** RFC 9293, 3.8.5: position behind the last urgent byte, either way. */
    long sendUrgent = NO_POSITION;

    long receiveUrgent = NO_POSITION;
    boolean urgentInLine;

    int trafficClass;

    /** The program has said how large they are to be. */
    boolean sendBufferIsFixed;

    boolean receiveBufferIsFixed;

    /** Deadlines, {@link #NEVER} if not set; what is under way has its own. */
    long acknowledgeAt = NEVER;

    long persistAt = NEVER;
    long sendAgainAt = NEVER;

    /** When to ask for memory again of which there was none for what the program writes. */
    long memoryAt = NEVER;

    /** When the next probe is due, once one has been sent. */
    long keepAliveAt = NEVER;

    long giveUpAt = NEVER;

    boolean keepAlive;
    long keepAliveIdle = 7_200_000_000_000L;
    long keepAliveInterval = 75_000_000_000L;
    int keepAliveCount = 9;
    int keepAliveSent;
    long userTimeout;

    TransmissionControlBlock(
            TableEntry addresses,
            TcpSettings settings,
            ChunkPool pool,
            int initialSequence,
            int segmentBytes) {
        this.addresses = addresses;
        this.settings = settings;
        this.pool = pool;
        this.segmentBytes = segmentBytes;
        this.pathSegmentBytes = segmentBytes;
        this.ownSegmentBytes = segmentBytes;
        this.peerSegmentBytes = segmentBytes;
        this.userTimeout = settings.userTimeout;
        receiveLimit = settings.receiveBuffer;
        initialSend = SequenceNumber.first(initialSequence);
        unacknowledged = initialSend;
        sendNext = initialSend;
        congestion = settings.cubic ? new Cubic(segmentBytes) : new NewReno(segmentBytes);
        recovery = new LossRecovery(congestion, roundTripTime, segmentBytes, initialSend);
        send = new SendBuffer(pool, initialSend + 1, settings.sendBuffer);
    }

    /** The other side's initial sequence number has come. */
    void setInitialReceive(int wire) {
        initialReceive = SequenceNumber.first(wire);
        receiveNext = initialReceive + 1;
        setReceiveEdge(0);
        lastAcknowledged = receiveNext;
        receive = new ReceiveBuffer(pool, receiveNext, receiveLimit);
    }

    /** So many bytes are what the other side has been told at first. */
    void setReceiveEdge(int window) {
        receiveEdge = receiveNext + window;
        toldEdge = receiveEdge;
    }

    /** RCV.WND. */
    long receiveWindow() {
        return Math.max(0, receiveEdge - receiveNext);
    }

    /** Bytes that may still be sent before the other side's window is full. */
    long usableWindow() {
        return unacknowledged + sendWindow - sendNext;
    }

    boolean finSent() {
        return finPosition != NO_POSITION;
    }

    /** Bytes written by the program that were not sent. */
    int unsent() {
        return finSent() ? 0 : (int) (send.end() - Math.max(sendNext, send.start()));
    }

    void setSegmentBytes(int bytes) {
        if (bytes != segmentBytes) {
            segmentBytes = bytes;
            recovery.setSegmentBytes(bytes);
        }
    }

    /**
     * The connection's time, which does not go back: who sends from his own thread may have asked
     * the clock later than the thread that brings the answer.
     */
    long time(long now) {
        latest = Math.max(latest, now);
        return latest;
    }

    /** TSval for now; it never goes back, or the other side would drop it (RFC 7323, 5.3). */
    int timestamp(long now) {
        return (int) (time(now) / 1_000_000) + timestampOffset;
    }
}
