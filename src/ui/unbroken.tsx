import { Fragment } from 'preact';

/** Characters. A longer word is wider than the line. */
const LONGEST_UNBROKEN = 26;

/** A command, or a sentence with one in it. Options begin with hyphens, and lines would break there. */
export const Unbroken = ({ text }: { text: string }) => (
  <>
    {text.split(' ').map((word, index) => (
      <Fragment key={`${index} ${word}`}>
        {index > 0 && ' '}
        {word.includes('-') && word.length <= LONGEST_UNBROKEN ? <span class="whole">{word}</span> : word}
      </Fragment>
    ))}
  </>
);
