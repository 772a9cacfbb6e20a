/** The folders that the guest's host shares, as file systems see them. */
package dev.cortado.runtime.share;
