package dev.cortado.kernel.ipc;

/**
 * What carries a {@link Channel}'s messages: memory that threads of one image share, or that two
 * domains do, or a stream between them. One end sends and one receives; each is used by one thread
 * at a time. Only {@link End#await} waits; the other calls say when to.
 */
public final class Transport {
    /** The message was taken, or there is one, or there is room. */
    public static final int READY = ChannelSender.READY;

    /** Not now: {@link End#await} returns when it is worth trying again. */
    public static final int WAIT = ChannelSender.WAIT;

    /** Longer than can ever be sent. */
    public static final int TOO_LONG = ChannelSender.TOO_LONG;

    /** The other side broke the rules; the channel is of no use any more. */
    public static final int CORRUPT = ChannelSender.CORRUPT;

    private Transport() {}

    /** What both ends can. */
    public interface End {
        /** Tells the other side of what was done since, if it waits for that. */
        void flush();

        /**
         * Waits for a word of the other side, which may also be for something past.
         *
         * @param deadline in nanoseconds of the monotonic clock
         * @return false if the deadline came first
         */
        boolean await(long deadline) throws InterruptedException;

        /** Whether the other side has closed its end; what it sent before is still there. */
        boolean isClosed();

        /** Closes this end and wakes both sides: also who waits at this one. */
        void close();
    }

    /** The end that messages go into. */
    public interface Outgoing extends End {
        /** READY if the message was taken, WAIT, TOO_LONG or CORRUPT. */
        int offer(byte[] message, int offset, int length);

        /** Asks for a word when there is room; READY if there is already, or as above. */
        int wantRoom(int length);
    }

    /** The end that messages come out of. */
    public interface Incoming extends End {
        /** The length of the next message, or a negative number if there is none. */
        int next();

        /** Copies out the message that {@link #next} told of, and gives back its room. */
        void take(byte[] target, int offset);

        /** Asks for a word when there is a message: READY if there is already, WAIT or CORRUPT. */
        int wantMessage();
    }
}
