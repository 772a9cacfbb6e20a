package dev.cortado.runtime.net.tcp.recovery;

/** What a sender's timer wants. */
public enum TimerAction {
    /** It was not due. */
    NONE,

    /** Something is taken for lost: send it again, as the window allows. */
    RESEND,

    /** RFC 8985, 7.3: send one segment, new or the last one, whatever the window. */
    PROBE,

    /** RFC 6298, 5.4: nothing was heard; all is taken for lost, and the first is due. */
    TIMEOUT
}
