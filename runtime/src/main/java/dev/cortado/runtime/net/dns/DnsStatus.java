package dev.cortado.runtime.net.dns;

/** How a question ended. */
public enum DnsStatus {
    FOUND,

    /** There is no such name. */
    NO_SUCH_NAME,

    /** The name is there, but has no address of that kind. */
    NO_DATA,

    /** No server gave an answer that could be used. */
    FAILED,

    /** No server answered. */
    TIMEOUT,

    /** Nobody can have that name. */
    BAD_NAME,

    /** Too many questions are under way, or there is no server. */
    UNAVAILABLE
}
