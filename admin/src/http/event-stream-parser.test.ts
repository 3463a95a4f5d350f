import { createEventStreamParser } from './event-stream-parser';

const parse = (...pieces: string[]) => {
  const parser = createEventStreamParser();
  return pieces.flatMap((piece) => parser.push(piece));
};

describe('the event stream parser', () => {
  it('reads id, event and data', () => {
    expect(parse('id: 3\nevent: run-event\ndata: {"a":1}\n\n')).toEqual([
      { id: '3', event: 'run-event', data: '{"a":1}' },
    ]);
  });

  it('gives the same messages however the text is cut', () => {
    const text = 'id: 1\r\ndata: a\r\ndata: b\r\n\r\n: ping\r\n\r\nid: 2\r\ndata:c\r\n\r\n';
    const whole = parse(text);
    expect(whole).toEqual([
      { id: '1', event: 'message', data: 'a\nb' },
      { id: '2', event: 'message', data: 'c' },
    ]);
    for (let cut = 1; cut < text.length; cut += 1) {
      expect(parse(text.slice(0, cut), text.slice(cut))).toEqual(whole);
    }
    expect(parse(...text)).toEqual(whole);
  });

  it('keeps the last id for messages that name none', () => {
    expect(parse('id: 7\ndata: x\n\ndata: y\n\n').map((message) => message.id)).toEqual(['7', '7']);
  });

  it('drops comments, messages without data, and what the end cuts off', () => {
    expect(parse(': keep-alive\n\nevent: ping\n\nid: 4\ndata: lost')).toEqual([]);
  });

  it('does not carry an event name over to the next message', () => {
    expect(parse('event: a\n\ndata: b\n\n')).toEqual([{ id: '', event: 'message', data: 'b' }]);
  });
});
